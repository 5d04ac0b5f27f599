using Gateway.Cli.Settings;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Compilation;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Diagnosis;

/// <summary>What a start would refuse: settings, keys, governance.</summary>
internal static class StartChecks
{
    public static async Task<IEnumerable<Finding>> SettingsAsync(DoctorContext context)
    {
        // The two others are said under names of their own.
        HashSet<string> elsewhere =
        [
            .. context.Keys.Errors.Select(error => error.ToString()),
            .. Compile(context).Errors.Select(error => error.ToString()),
        ];
        var errors = (await ErrorsAsync(context.Configuration)).Where(error => !elsewhere.Contains(error)).ToList();
        return errors.Count == 0
            ?
            [
                new Finding(
                    "settings",
                    FindingStatus.Pass,
                    "Every setting is known and within its bounds "
                        + $"({(context.Configuration.IsDevelopment ? "development" : "production")})."
                ),
            ]
            : errors.Select(error => new Finding(
                "settings",
                FindingStatus.Fail,
                error,
                "Correct the setting; docs/configuration.md has them all."
            ));
    }

    public static IEnumerable<Finding> Keys(DoctorContext context)
    {
        var found = context.Keys;
        if (found.Keys is not { } keys)
        {
            return found.Errors.Select(error => new Finding("keys", FindingStatus.Fail, $"{error.Setting} {error.Problem}", error.Remedy));
        }

        KeyRing[] rings = [keys.DataEncryption, keys.DecisionSigning, keys.BearerPepper, keys.LogSigning];
        var older = rings.Sum(ring => ring.All.Count - 1);
        return
        [
            new Finding(
                "keys",
                FindingStatus.Pass,
                $"All {rings.Length} keys are there, apart from each other, and well-formed; {older} older ones beside them."
            ),
            .. found.Warnings.Select(warning => new Finding(
                "keys",
                FindingStatus.Warn,
                warning,
                "Make keys of your own: (umask 077; gateway keys init > gateway.env)"
            )),
        ];
    }

    public static IEnumerable<Finding> Governance(DoctorContext context)
    {
        var (snapshot, errors) = Compile(context);
        return snapshot is not null
            ?
            [
                new Finding(
                    "governance",
                    FindingStatus.Pass,
                    $"The documents in '{context.Governance.Path}' compile to {snapshot.Revision}, with {snapshot.Tenants.Count} tenants."
                ),
                .. AgentChecks.Of(snapshot),
                .. LimitChecks.Of(snapshot),
            ]
            : errors.Select(error => new Finding(
                "governance",
                FindingStatus.Fail,
                error,
                "Run 'gateway policy validate' until it finds nothing."
            ));
    }

    private static (Snapshot? Snapshot, IReadOnlyList<string> Errors) Compile(DoctorContext context)
    {
        try
        {
            var result = SnapshotCompiler.Compile(GovernanceFiles.Read(context.Governance.Path));
            return (result.Value, [.. result.Errors.Select(error => error.ToString())]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (
                null,
                [$"{Proxy.Configuration.Settings.Root}:Governance:Path: the folder '{context.Governance.Path}' can't be read: {e.Message}"]
            );
        }
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(CommandConfiguration configuration)
    {
        try
        {
            await using var app = Proxy.Program.Check(configuration.HostArguments(logAside: true));
            return [];
        }
        catch (ConfigurationException e)
        {
            return e.Errors;
        }
    }
}
