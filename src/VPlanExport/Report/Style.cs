using System.Security.Cryptography;
using System.Text;

namespace VPlanExport.Report;

/// <summary>The page's one style sheet, and the policy that allows it and nothing else.</summary>
internal static class Style
{
    public const string Sheet = """

        :root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #c8ccd1;
          --good: #116329; --bad: #a40e26; --late: #7d4e00; --link: #0550ae }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #15181c; --text: #e6e8ea; --soft: #aab1b9; --line: #454c54;
            --good: #7ee2a0; --bad: #ff9492; --late: #f0b75e; --link: #8cc2ff }
        }
        body { margin: 0 auto; max-width: 1240px; padding: 0 16px; background: var(--ground); color: var(--text);
          font: 14px/1.4 system-ui, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums;
          overflow-wrap: anywhere }
        a { color: var(--link) }
        header { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: baseline }
        h1 { font-size: 16px; margin: 8px 0 2px }
        h2 { font-size: 16px; margin: 12px 0 4px }
        nav ul { display: flex; flex-wrap: wrap; gap: 2px 12px; list-style: none; margin: 0; padding: 0;
          font-size: 12px }
        .skip { position: absolute; left: -9999px }
        .skip:focus { position: static }
        .verdict { font-size: 20px; font-weight: 600; line-height: 1.25; margin: 6px 0 }
        .verdict svg { vertical-align: -3px; margin-right: 6px }
        .complete { color: var(--good) }
        .stale, .no-run-yet { color: var(--late) }
        .failed { color: var(--bad) }
        .note, figcaption, caption, summary { color: var(--soft); font-size: 12px }
        p { margin: 4px 0 }
        .first { display: grid; grid-template-columns: 430px minmax(0, 1fr); gap: 0 24px }
        .figures { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; list-style: none; margin: 0; padding: 0 }
        .figures li { border: 1px solid var(--line); border-radius: 4px; padding: 6px 8px }
        .figures .name { display: block; font-size: 12px }
        .figures strong { display: block; font-size: 20px; line-height: 1.2 }
        .figures .note { display: block; min-height: 16px }
        svg { max-width: 100% }
        figure > svg { height: auto }
        figure { margin: 8px 0 }
        figcaption strong { color: var(--text) }
        table { border-collapse: collapse; font-size: 13px }
        caption { text-align: left }
        th, td { border-bottom: 1px solid var(--line); padding: 2px 10px 2px 0; text-align: left; vertical-align: top }
        th[scope="row"] { font-weight: 400 }
        .n { text-align: right; white-space: nowrap }
        .wide { overflow-x: auto }
        code { font-size: 12px }
        dt { font-weight: 600 }
        dd { margin: 0 0 4px }
        footer { margin: 16px 0; color: var(--soft); font-size: 12px }
        @media (max-width: 1000px) { .first { grid-template-columns: minmax(0, 1fr) } }
        @media (max-width: 720px) { .figures { grid-template-columns: minmax(0, 1fr) } .verdict { font-size: 17px } }
        @page { size: A4; margin: 12mm }
        @media print {
          :root { --ground: #ffffff; --text: #000000; --soft: #333333; --line: #999999; --good: #000000;
            --bad: #000000; --late: #000000; --link: #000000; color-scheme: light }
          nav, .skip { display: none }
          .first { display: block }
          figure, tr, .figures li { break-inside: avoid }
          thead { display: table-header-group }
          .wide { overflow: visible }
        }

        """;

    public static string Policy =>
        "default-src 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; "
        + "img-src data:; base-uri 'none'; form-action 'none'";
}
