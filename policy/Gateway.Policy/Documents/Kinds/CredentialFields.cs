using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads a connector's <c>credential</c>: a reference and a place, never a secret.</summary>
internal static class CredentialFields
{
    private const string Bearer = "bearer";
    private const string BearerScheme = "Bearer";

    private static readonly FieldFormat<string> Placement = new(
        "a placement",
        Bearer,
        (string text, out string value) =>
        {
            value = text;
            return text is Bearer or "scheme" or "header" or "query" or "basic";
        },
        value => value
    )
    {
        Words = [Bearer, "scheme", "header", "query", "basic"],
    };

    /// <param name="type">A model provider's says where its key goes, unless the document does.</param>
    public static CredentialUse Read(MappingReader credential, ConnectorType type)
    {
        var reference = credential.Required("reference", CredentialFormats.Reference);
        if (type is ConnectorType.OpenAi or ConnectorType.Anthropic && !credential.Has("placement"))
        {
            var isBearer = type == ConnectorType.OpenAi;
            credential.Optional("placement", Placement, isBearer ? Bearer : "header");
            return isBearer
                ? new(reference, CredentialPlacement.Scheme, BearerScheme)
                : new(reference, CredentialPlacement.Header, credential.Optional("name", CredentialFormats.Header, ModelApi.AnthropicKey));
        }

        var use = Placed(credential, reference);
        if (type == ConnectorType.Mcp)
        {
            McpFields.CheckCredential(credential, use);
        }

        return use;
    }

    private static CredentialUse Placed(MappingReader credential, CredentialReference reference) =>
        credential.Required("placement", Placement) switch
        {
            "header" => new(reference, CredentialPlacement.Header, credential.Required("name", CredentialFormats.Header)),
            "scheme" => new(reference, CredentialPlacement.Scheme, credential.Required("name", CredentialFormats.Name)),
            "query" => new(reference, CredentialPlacement.Query, credential.Required("name", CredentialFormats.Name)),
            "basic" => new(reference, CredentialPlacement.Basic, ""),
            _ => new(reference, CredentialPlacement.Scheme, BearerScheme),
        };

    /// <summary>The header (lower case) that the credential takes; null for none.</summary>
    public static string? HeaderOf(CredentialUse? credential) =>
        credential?.Placement switch
        {
            CredentialPlacement.Header => credential.Name,
            CredentialPlacement.Scheme or CredentialPlacement.Basic => "authorization",
            _ => null,
        };
}
