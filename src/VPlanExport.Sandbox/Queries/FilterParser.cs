namespace VPlanExport.Sandbox;

/// <summary>
/// Reads `field:operator:value` joined by `,and,` and `,or,` with parentheses; `,and,` binds tighter
/// (A:`filtering-344703m0`). A value with a comma or colon must be in single quotes, and there is no escape for a quote
/// inside. `relation:has` asks for one or more of a relation; a value after it is taken and not looked at.
/// </summary>
internal sealed class FilterParser
{
    private const string And = ",and,";
    private const string Or = ",or,";
    private readonly EntitySchema schema;
    private readonly string text;
    private int at;

    private FilterParser(EntitySchema schema, string text) => (this.schema, this.text) = (schema, text);

    public static Filter Parse(EntitySchema schema, string text)
    {
        var parser = new FilterParser(schema, text);
        var filter = parser.Alternatives();
        return parser.at == text.Length ? filter : throw parser.Wrong();
    }

    private Filter Alternatives() => Joined(Or, Conjunction, parts => new AnyOf(parts));

    private Filter Conjunction() => Joined(And, Primary, parts => new AllOf(parts));

    private Filter Joined(string joint, Func<Filter> part, Func<List<Filter>, Filter> join)
    {
        List<Filter> parts = [part()];
        while (Take(joint))
            parts.Add(part());
        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private Filter Primary()
    {
        if (!Take("("))
            return Condition();
        var inner = Alternatives();
        return Take(")") ? inner : throw Wrong();
    }

    private Filter Condition()
    {
        var name = Word();
        var negated = Take("not:");
        var operation = Word(last: true);
        var hasValue = Take(":");
        if (!hasValue && operation != "has")
            throw Wrong();
        var value = hasValue ? Value() : "";
        return operation == "has" ? new Has(RelationOf(name), negated) : Comparison(name, negated, operation, value);
    }

    private Compare Comparison(string name, bool negated, string operation, string value)
    {
        if (!schema.TryField(name, out var field))
            throw ApiException.BadRequest($"Field not found: {name}");
        if (!field.IsComparable)
            throw ApiException.BadRequest($"Field cannot be filtered: {name}");
        var known = OperatorOf(operation) ?? throw ApiException.BadRequest($"Operator not found: {operation}");
        return new Compare(field, known, negated, new Operand(field, value, known >= Operator.Contains));
    }

    private Relation RelationOf(string name) =>
        schema.TryRelation(name, out var relation)
            ? relation
            : throw ApiException.BadRequest($"Relation not found: {name}");

    private string Word(bool last = false)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        var word = text[start..at];
        if (word.Length == 0 || !last && !Take(":"))
            throw Wrong();
        return word;
    }

    private string Value() => at < text.Length && text[at] == '\'' ? Quoted() : Unquoted();

    private string Quoted()
    {
        var end = text.IndexOf('\'', at + 1);
        if (end < 0)
            throw Wrong();
        var value = text[(at + 1)..end];
        at = end + 1;
        return value;
    }

    private string Unquoted()
    {
        var start = at;
        while (at < text.Length && text[at] is not (',' or ')' or ':' or '\''))
            at++;
        return at < text.Length && text[at] is (':' or '\'') ? throw Wrong() : text[start..at];
    }

    private bool Take(string token)
    {
        if (string.CompareOrdinal(text, at, token, 0, token.Length) != 0)
            return false;
        at += token.Length;
        return true;
    }

    private ApiException Wrong() => ApiException.BadRequest("Invalid filter", $"at position {at} of {text}");

    private static Operator? OperatorOf(string name) =>
        name switch
        {
            "eq" => Operator.Eq,
            "gt" => Operator.Gt,
            "gte" => Operator.Gte,
            "lt" => Operator.Lt,
            "lte" => Operator.Lte,
            "contains" => Operator.Contains,
            "starts_with" => Operator.StartsWith,
            "ends_with" => Operator.EndsWith,
            _ => null,
        };
}
