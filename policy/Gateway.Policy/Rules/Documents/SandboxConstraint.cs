using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the sandbox that the action runs in; anything unmet, or unsaid, blocks. Empty lists aren't given.</summary>
public sealed record SandboxConstraint
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

    public IReadOnlyList<string> NetworkModes { get; init; } = [];

    /// <summary>Every writable path must lie at or below one of them.</summary>
    public IReadOnlyList<string> WritablePathPrefixes { get; init; } = [];

    /// <summary>Each must lie at or below a root that the sandbox declares read-only.</summary>
    public IReadOnlyList<string> ReadOnlyRoots { get; init; } = [];

    public IReadOnlyList<string> EnvExposureModes { get; init; } = [];

    /// <value>Seconds; 0 for any.</value>
    public long MaxTimeoutSeconds { get; init; }

    public IReadOnlyList<string> FilesystemIsolations { get; init; } = [];

    public IReadOnlyList<string> UserModes { get; init; } = [];

    /// <summary>Reads <c>sandbox</c>. Any field but <c>enabled: false</c> switches it on.</summary>
    internal static SandboxConstraint? Read(RuleFields fields)
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

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("Sandbox");
        json.WriteBoolean("Enabled", true);
        json.WriteList("AllowedNetworkModes", NetworkModes);
        json.WriteList("AllowedWritablePathPrefixes", WritablePathPrefixes);
        json.WriteList("RequiredReadOnlyRoots", ReadOnlyRoots);
        json.WriteList("AllowedEnvExposureModes", EnvExposureModes);
        json.WriteNumber("MaxTimeoutSeconds", MaxTimeoutSeconds);
        json.WriteList("AllowedFilesystemIsolations", FilesystemIsolations);
        json.WriteList("AllowedUserModes", UserModes);
        json.WriteEndObject();
    }

    private static string[] ReadPaths(RuleFields fields, string name) => CodeList.Normalise(fields.List(name).Select(CleanedPath.Clean));
}
