using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>context.sandbox</c>. It names and refers; what looks like a variable's value or a secret is refused.</summary>
internal static class SandboxFields
{
    private const string NameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    private static readonly string[] Proofs = ["ref:", "receipt:", "proof:", "sandbox:", "sha256:"];

    public static SandboxMetadata Read(JsonFields fields)
    {
        var evidence = fields.Text("evidence_ref");
        RefuseAssignment(fields, "evidence_ref", evidence);
        if (
            !Proofs.Any(proof => evidence.StartsWith(proof, StringComparison.OrdinalIgnoreCase))
            && CredentialHeuristic.LooksLikeCredential(evidence)
        )
        {
            fields.Fail("evidence_ref", "It must not contain secret-like material; send a reference or a digest instead.");
        }

        return new SandboxMetadata
        {
            NetworkMode = fields.Word("network_mode", RuleWords.NetworkModes),
            WritablePaths = ReadPaths(fields, "writable_paths"),
            ReadOnlyRoots = ReadPaths(fields, "read_only_roots"),
            EnvExposureMode = fields.Word("env_exposure_mode", RuleWords.EnvExposureModes),
            TimeoutSeconds = fields.Number("timeout_seconds"),
            FilesystemIsolation = fields.Word("filesystem_isolation", RuleWords.FilesystemIsolations),
            UserMode = fields.Word("user_mode", RuleWords.UserModes),
            EvidenceRef = evidence,
            EvidenceDigest = fields.Digest("evidence_digest"),
        };
    }

    private static string[] ReadPaths(JsonFields fields, string name)
    {
        var paths = CodeList.Normalise(fields.List(name).Select(CleanedPath.Clean).Where(path => path != "."));
        foreach (var path in paths)
        {
            RefuseAssignment(fields, name, path);
        }

        return paths;
    }

    /// <summary><c>NAME=</c> at the beginning, as in a variable's assignment.</summary>
    private static void RefuseAssignment(JsonFields fields, string name, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && !char.IsAsciiDigit(text[0]) && text.AsSpan(0, equals).IndexOfAnyExcept(NameCharacters) < 0)
        {
            fields.Fail(name, "It must not contain the value of an environment variable.");
        }
    }
}
