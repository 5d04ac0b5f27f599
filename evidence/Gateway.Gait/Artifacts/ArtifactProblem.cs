using System.Globalization;

namespace Gateway.Gait.Artifacts;

/// <summary>The first thing that is wrong with a pack or a trace, and where.</summary>
/// <param name="Code">A word for programs, such as <c>hash_mismatch</c>; the documentation lists them.</param>
/// <param name="Member">The file inside the pack; empty for the pack itself.</param>
/// <param name="Detail">A sentence. It quotes no content but names and digests.</param>
public sealed record ArtifactProblem(string Code, string Member, string Detail)
{
    /// <summary>The line of a JSONL member, from 1; null where there are no lines.</summary>
    public int? Record { get; init; }

    /// <summary>The byte of the pack's file at which it shows; null where no one byte is to blame.</summary>
    public long? Offset { get; init; }

    public override string ToString()
    {
        var place = Member.Length == 0 ? "" : Member + ": ";
        var record = Record is { } line ? string.Create(CultureInfo.InvariantCulture, $"record {line}: ") : "";
        var offset = Offset is { } at ? string.Create(CultureInfo.InvariantCulture, $" (byte {at})") : "";
        return $"{place}{record}{Detail}{offset} [{Code}]";
    }
}

/// <summary>The words for what can be wrong. They are part of the commands' contract.</summary>
public static class ProblemCodes
{
    public const string Truncated = "archive_truncated";
    public const string Malformed = "archive_malformed";
    public const string TooLarge = "archive_too_large";
    public const string PathRefused = "path_refused";
    public const string Duplicate = "runpack_duplicate_entries";
    public const string MissingMember = "missing_file";
    public const string ExtraMember = "extra_file";
    public const string HashMismatch = "hash_mismatch";
    public const string ManifestDigest = "manifest_digest_mismatch";
    public const string NotCanonical = "not_canonical";
    public const string Schema = "schema_invalid";
    public const string MixedVersions = "mixed_versions";
    public const string OtherRun = "run_id_mismatch";
    public const string SignatureMissing = "signature_missing";
    public const string SignatureInvalid = "signature_invalid";
    public const string WrongKey = "wrong_key";
    public const string KeyMissing = "public_key_missing";
    public const string Chain = "chain_broken";
}

/// <summary>
/// Ends the reading of a pack at the first thing that is wrong. Never leaves this project's public surface as anything but a result.
/// </summary>
internal sealed class ArtifactRefusedException(ArtifactProblem problem) : Exception(problem.ToString())
{
    public ArtifactRefusedException(string code, string member, string detail, long? offset = null)
        : this(new ArtifactProblem(code, member, detail) { Offset = offset }) { }

    public ArtifactProblem Problem { get; } = problem;
}
