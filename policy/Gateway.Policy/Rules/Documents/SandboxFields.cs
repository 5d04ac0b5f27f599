namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>sandbox</c>. Any field but <c>enabled: false</c> switches it on.</summary>
internal static class SandboxFields
{
    private static readonly string[] Switches =
    [
        "allowed_network_modes",
        "allowed_writable_path_prefixes",
        "required_read_only_roots",
        "allowed_env_exposure_modes",
        "max_timeout_seconds",
        "allowed_filesystem_isolations",
        "allowed_user_modes",
    ];

    public static SandboxConstraint? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled") || Switches.Any(fields.Has);
        var sandbox = new SandboxConstraint
        {
            NetworkModes = fields.WordList("allowed_network_modes", RuleWords.NetworkModes),
            WritablePathPrefixes = ReadPaths(fields, "allowed_writable_path_prefixes"),
            ReadOnlyRoots = ReadPaths(fields, "required_read_only_roots"),
            EnvExposureModes = fields.WordList("allowed_env_exposure_modes", RuleWords.EnvExposureModes),
            MaxTimeoutSeconds = fields.OptionalNumber("max_timeout_seconds", 0, long.MaxValue) ?? 0,
            FilesystemIsolations = fields.WordList("allowed_filesystem_isolations", RuleWords.FilesystemIsolations),
            UserModes = fields.WordList("allowed_user_modes", RuleWords.UserModes),
        };
        return enabled ? sandbox : null;
    }

    private static string[] ReadPaths(RuleFields fields, string name) => CodeList.Of(fields.List(name).Select(CleanedPath.Clean));
}
