using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Packs;

/// <summary>The signatures of one manifest, judged together.</summary>
internal static class SignatureCheck
{
    /// <summary>
    /// With a key, at least one signature must be the key's, and every one that claims to be must be. Others are of keys that nobody asked
    /// about.
    /// </summary>
    public static (SignatureStatus Status, int Valid, ArtifactProblem? Problem) Check(
        List<JsonObject> signatures,
        Sha256Digest digest,
        Ed25519PublicKey? key,
        bool required,
        string member
    )
    {
        if (signatures.Count == 0)
        {
            // A key was given because a signature was expected: none isn't as good as one.
            return required || key is not null
                ? (SignatureStatus.Missing, 0, new ArtifactProblem(ProblemCodes.SignatureMissing, member, "The pack isn't signed."))
                : (SignatureStatus.Missing, 0, null);
        }

        if (key is null)
        {
            return required
                ? (
                    SignatureStatus.Skipped,
                    0,
                    new ArtifactProblem(
                        ProblemCodes.KeyMissing,
                        member,
                        "A signature is required, and no public key was given to check it with."
                    )
                )
                : (SignatureStatus.Skipped, 0, null);
        }

        var valid = 0;
        ArtifactProblem? first = null;
        foreach (var signature in signatures)
        {
            var problem = ArtifactSignature.Check(signature, digest, key, member);
            valid += problem is null ? 1 : 0;
            first = problem is not null && (first is null || problem.Code != ProblemCodes.WrongKey) ? problem : first;
        }

        return valid > 0 && (first is null || first.Code == ProblemCodes.WrongKey)
            ? (SignatureStatus.Verified, valid, null)
            : (SignatureStatus.Failed, valid, first);
    }
}
