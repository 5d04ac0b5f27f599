namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Which keywords mean what. The zero value is no dialect.</summary>
internal enum SchemaDialect : byte
{
    Unspecified,
    Draft202012,

    /// <value>What zod and other generators still name; definitions, items, dependencies and what stands beside a reference differ.</value>
    Draft07,
}

/// <summary>How a keyword holds subschemas.</summary>
internal enum SchemaHolding : byte
{
    None,
    One,
    Many,
    OneOrMany,
    ByName,

    /// <value>By name, and beside schemas also lists of names.</value>
    ByNameOrNames,
}

/// <summary>What differs between the dialects, as tables.</summary>
internal static class SchemaDialects
{
    private static readonly Dictionary<string, (SchemaHolding Holding, bool IsNew)> Keywords = new()
    {
        ["$defs"] = (SchemaHolding.ByName, true),
        ["additionalItems"] = (SchemaHolding.One, false),
        ["additionalProperties"] = (SchemaHolding.One, false),
        ["allOf"] = (SchemaHolding.Many, false),
        ["anyOf"] = (SchemaHolding.Many, false),
        ["contains"] = (SchemaHolding.One, false),
        ["contentSchema"] = (SchemaHolding.One, true),
        ["definitions"] = (SchemaHolding.ByName, false),
        ["dependencies"] = (SchemaHolding.ByNameOrNames, false),
        ["dependentSchemas"] = (SchemaHolding.ByName, true),
        ["else"] = (SchemaHolding.One, false),
        ["if"] = (SchemaHolding.One, false),
        ["items"] = (SchemaHolding.OneOrMany, false),
        ["not"] = (SchemaHolding.One, false),
        ["oneOf"] = (SchemaHolding.Many, false),
        ["patternProperties"] = (SchemaHolding.ByName, false),
        ["prefixItems"] = (SchemaHolding.Many, true),
        ["properties"] = (SchemaHolding.ByName, false),
        ["propertyNames"] = (SchemaHolding.One, false),
        ["then"] = (SchemaHolding.One, false),
        ["unevaluatedItems"] = (SchemaHolding.One, true),
        ["unevaluatedProperties"] = (SchemaHolding.One, true),
    };

    /// <summary>The dialect that a <c>$schema</c> names; Unspecified for one that isn't known here.</summary>
    public static SchemaDialect Named(string uri) =>
        uri switch
        {
            "https://json-schema.org/draft/2020-12/schema" or "https://json-schema.org/draft/2020-12/schema#" => SchemaDialect.Draft202012,
            "http://json-schema.org/draft-07/schema#" or "http://json-schema.org/draft-07/schema" => SchemaDialect.Draft07,
            "https://json-schema.org/draft-07/schema#" or "https://json-schema.org/draft-07/schema" => SchemaDialect.Draft07,
            _ => SchemaDialect.Unspecified,
        };

    public static SchemaHolding HoldingOf(string keyword, SchemaDialect dialect)
    {
        if (!Keywords.TryGetValue(keyword, out var known) || (known.IsNew && dialect == SchemaDialect.Draft07))
        {
            return SchemaHolding.None;
        }

        return keyword switch
        {
            "items" when dialect == SchemaDialect.Draft202012 => SchemaHolding.One,
            "additionalItems" when dialect == SchemaDialect.Draft202012 => SchemaHolding.None,
            _ => known.Holding,
        };
    }
}
