using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Gait.Artifacts;

/// <summary>
/// The signature object of artifacts: Ed25519 over the 32 bytes of a digest. Its text has one form only, so that no byte of it can be
/// changed unseen.
/// </summary>
public static class ArtifactSignature
{
    private const string Algorithm = "ed25519";

    public static JsonObject Sign(Sha256Digest digest, Ed25519PrivateKey key) =>
        new()
        {
            ["alg"] = Algorithm,
            ["key_id"] = key.PublicKey.KeyId,
            ["sig"] = Convert.ToBase64String(key.Sign(Bytes(digest))),
            ["signed_digest"] = digest.ToString(),
        };

    /// <summary>Null where the key made the signature over this digest; otherwise what is wrong first.</summary>
    /// <param name="member">The file that the problem is to name.</param>
    public static ArtifactProblem? Check(JsonObject? signature, Sha256Digest digest, Ed25519PublicKey key, string member)
    {
        if (signature is null)
        {
            return new ArtifactProblem(ProblemCodes.SignatureMissing, member, "It isn't signed.");
        }

        ArtifactProblem Invalid(string detail) => new(ProblemCodes.SignatureInvalid, member, detail);
        return !IsInForm(signature) ? Invalid($"Its signature isn't one of {Algorithm}, or has more than one should.")
            : signature.Text("signed_digest") != digest.ToString() ? Invalid($"Another content was signed: the digest is {digest}.")
            : signature.ContainsKey("key_id") && signature.Text("key_id") != key.KeyId
                ? new(ProblemCodes.WrongKey, member, $"It was signed with another key, {Name(signature)}, and not with {key.KeyId}.")
            : Verifies(signature.Text("sig"), digest, key) ? null
            : Invalid($"The signature isn't one of the key {key.KeyId}.");
    }

    private static bool IsInForm(JsonObject signature) =>
        signature.Text("alg") == Algorithm && signature.All(part => part.Key is "alg" or "key_id" or "sig" or "signed_digest");

    private static bool Verifies(string text, Sha256Digest digest, Ed25519PublicKey key)
    {
        Span<byte> signature = stackalloc byte[Ed25519PrivateKey.SignatureSize];
        return Convert.TryFromBase64String(text, signature, out var written)
            && Convert.ToBase64String(signature[..written]) == text
            && key.Verifies(Bytes(digest), signature[..written]);
    }

    /// <summary>A key's name as the artifact gives it, unless that is no name.</summary>
    private static string Name(JsonObject signature) =>
        Sha256Digest.TryParse(signature.Text("key_id"), out var id) ? id.ToString() : "whose name is no digest";

    private static byte[] Bytes(Sha256Digest digest) => Convert.FromHexString(digest.ToString());
}
