namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// What a look at a definition found. Only a sound one may be shown or called; any other stays out whatever its pin says, since people
/// can't see, or readers don't agree on, what they would approve.
/// </summary>
public enum DefinitionFinding
{
    /// <summary>Nobody looked.</summary>
    Unspecified = 0,

    Sound = 1,

    /// <summary>No object with a name of at most <see cref="Definition.MaxNameLength"/> bytes, members that one reader takes for one, or a
    /// tool whose <c>inputSchema</c> is no object.</summary>
    IllFormed = 2,

    /// <summary>It has no form to be digested in: an integer beyond 2^53, which two readers take for two numbers.</summary>
    NotCanonical = 3,

    /// <summary>Characters that a model reads and people don't see (<see cref="HiddenText"/>).</summary>
    HiddenText = 4,

    /// <summary>A <c>$ref</c> out of the definition itself: what is there can change without the definition.</summary>
    ExternalRef = 5,

    /// <summary>An <c>x-mcp-header</c> that breaks a rule of SEP-2243, for which clients have to drop the tool.</summary>
    InvalidHeader = 6,

    /// <summary>Another of the list has the same name.</summary>
    RepeatedName = 7,

    /// <summary>Another of the list has a name that differs in case or Unicode form only.</summary>
    AlikeName = 8,
}

/// <summary>The words for findings, as records and operators read them.</summary>
public static class DefinitionFindings
{
    public static string WordOf(DefinitionFinding finding) =>
        finding switch
        {
            DefinitionFinding.Unspecified => "unchecked",
            DefinitionFinding.Sound => "sound",
            DefinitionFinding.IllFormed => "ill_formed",
            DefinitionFinding.NotCanonical => "not_canonical",
            DefinitionFinding.HiddenText => "hidden_text",
            DefinitionFinding.ExternalRef => "external_ref",
            DefinitionFinding.InvalidHeader => "invalid_header",
            DefinitionFinding.RepeatedName => "repeated_name",
            DefinitionFinding.AlikeName => "alike_name",
        };
}
