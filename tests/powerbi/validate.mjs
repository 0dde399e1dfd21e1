// Reads projects' folders as arguments and writes one line of JSON: what Microsoft's report validator and its parser of M find in each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetadataProvider, locateReport, runReportValidation } from '@microsoft/powerbi-report-authoring-cli';
import { DefaultSettings, TaskUtils } from '@microsoft/powerquery-parser';

const expressions = (file) => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const found = [];
  lines.forEach((line, i) => {
    const single = /^expression .*? = (.*) meta \[/.exec(line);
    if (single) found.push(single[1]);
    const block = /^(\t*)(?:source|sourceExpression) =$/.exec(line);
    if (!block) return;
    const depth = '\t'.repeat(block[1].length + 2);
    const body = [];
    for (let j = i + 1; j < lines.length && lines[j].startsWith(depth); j++) body.push(lines[j].slice(depth.length));
    found.push(body.join('\n'));
  });
  return found;
};

const result = [];
for (const folder of process.argv.slice(2)) {
  const report = await runReportValidation({ ...locateReport(join(folder, 'VPlan.Report')), provider: await getMetadataProvider(), skipSchema: true });
  const definition = join(folder, 'VPlan.SemanticModel', 'definition');
  const files = [join(definition, 'expressions.tmdl'), ...readdirSync(join(definition, 'tables')).map((name) => join(definition, 'tables', name))];
  const wrong = [];
  let parsed = 0;
  for (const file of files) {
    for (const text of expressions(file)) {
      parsed++;
      const task = await TaskUtils.tryLexParse(DefaultSettings, text);
      if (!TaskUtils.isParseStageOk(task)) wrong.push(`${file}: ${text.slice(0, 200)}`);
    }
  }
  result.push({ folder, diagnostics: report.diagnostics, parsed, wrong });
}
console.log(JSON.stringify(result));
