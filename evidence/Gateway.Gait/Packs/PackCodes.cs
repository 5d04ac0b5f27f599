namespace Gateway.Gait.Packs;

/// <summary>The words for what can be wrong. They are part of the commands' contract.</summary>
public static class PackCodes
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
