using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Approvals;

/// <summary>One signed token as a file holds it: in form, and signed by one of the keys.</summary>
internal static class TokenFile
{
    /// <param name="prefix">Begins every code, such as <c>approval_token</c>.</param>
    /// <param name="key">The key that signed it.</param>
    /// <param name="code">What is wrong first.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        ArtifactShape shape,
        string prefix,
        IReadOnlyList<Ed25519PublicKey> keys,
        [NotNullWhen(true)] out JsonObject? token,
        [NotNullWhen(true)] out Ed25519PublicKey? key,
        out string code
    )
    {
        (key, code) = (null, prefix + "_invalid");
        if (!ArtifactJson.TryParse(json, out token, out _) || shape.CheckClosed(token) is not null)
        {
            token = null;
            return false;
        }

        var digest = ArtifactJson.DigestWithout(token, "signature");
        foreach (var one in keys)
        {
            var problem = ArtifactSignature.Check(token["signature"] as JsonObject, digest, one, prefix);
            if (problem is null)
            {
                (key, code) = (one, "");
                return true;
            }

            code = prefix + (problem.Code == ProblemCodes.SignatureMissing ? "_signature_missing" : "_signature_invalid");
        }

        return false;
    }

    /// <summary>Whether a token's time is over. A time that can't be read, or isn't there, is over.</summary>
    public static bool IsOver(JsonObject token, DateTimeOffset now) =>
        !GoTime.TryParse(token.Text("expires_at"), out var expires) || expires.IsZero || now.UtcDateTime >= expires.Utc;
}
