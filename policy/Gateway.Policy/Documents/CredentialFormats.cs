using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The formats of where a secret comes from and of the names that it travels under.</summary>
internal static class CredentialFormats
{
    /// <summary>A header that a credential goes into; read into lower case.</summary>
    public static FieldFormat<string> Header { get; } =
        WebFormats.Header("a header that may carry a credential", HeaderRules.MayCarryCredential);

    /// <summary>An authorization scheme or query parameter.</summary>
    public static FieldFormat<string> Name { get; } =
        new(
            "a name of letters, digits, '-', '_' and '.'",
            "api_key",
            (string text, out string value) =>
            {
                value = text;
                return WebFormats.IsToken(text) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
            },
            value => value
        );

    /// <summary>Never shown in an error: authors paste the secret itself here.</summary>
    public static FieldFormat<CredentialReference> Reference { get; } =
        new(
            "a reference to a secret (never the secret itself)",
            "vault://local/crm#token",
            (string text, out CredentialReference value) =>
            {
                var read = Gateway.Policy.Model.CredentialReference.TryParse(text, out var reference);
                value = reference!;
                return read;
            },
            value => value.ToString()
        )
        {
            MayShow = false,
        };
}
