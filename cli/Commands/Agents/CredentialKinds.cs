using System.CommandLine;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Commands.Agents;

/// <summary>The kinds of credentials, as they are typed and shown.</summary>
internal static class CredentialKinds
{
    public static Option<CredentialKind> Option()
    {
        var option = new Option<CredentialKind>("--kind")
        {
            Description = "bearer: sent with each request; hmac: a secret that signs; p256: a key pair that signs.",
            Required = true,
            HelpName = "bearer|hmac|p256",
            CustomParser = result =>
            {
                var kind = Parse(result.Tokens[0].Value);
                if (kind == CredentialKind.Unknown)
                {
                    result.AddError($"'{result.Tokens[0].Value}' is no kind of credential: write bearer, hmac or p256.");
                }

                return kind;
            },
        };
        option.CompletionSources.Add("bearer", "hmac", "p256");
        return option;
    }

    public static string NameOf(CredentialKind kind) =>
        kind switch
        {
            CredentialKind.Bearer => "bearer",
            CredentialKind.HmacSha256 => "hmac",
            CredentialKind.EcdsaP256Sha256 => "p256",
            CredentialKind.Unknown => "unknown",
        };

    private static CredentialKind Parse(string text) =>
        text switch
        {
            "bearer" => CredentialKind.Bearer,
            "hmac" => CredentialKind.HmacSha256,
            "p256" => CredentialKind.EcdsaP256Sha256,
            _ => CredentialKind.Unknown,
        };
}
