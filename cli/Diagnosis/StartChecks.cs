using Gateway.Administration;
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
        var (first, unread) = Read(context);
        HashSet<string> elsewhere =
        [
            .. context.Keys.Errors.Select(error => error.ToString()),
            .. first?.Errors.Select(error => error.ToString()) ?? unread,
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

    /// <summary>A tenant whose documents are wrong is refused as a whole, while the others run.</summary>
    public static IEnumerable<Finding> Governance(DoctorContext context)
    {
        var (first, errors) = Read(context);
        var failed = errors.Select(error => new Finding(
            "governance",
            FindingStatus.Fail,
            error,
            "Run 'gateway policy validate' until it finds nothing."
        ));
        if (first is not { Tenants.Count: > 0 })
        {
            return failed;
        }

        var snapshot = Snapshot.Join([.. first.Tenants.Select(one => one.Governance.Snapshot)], first.Refused.Select(one => one.Tenant));
        return
        [
            .. failed,
            new Finding(
                "governance",
                FindingStatus.Pass,
                $"The documents in '{context.Governance.Path}' compile to {snapshot.Revision}, with {snapshot.Tenants.Count} tenants."
            ),
            .. AgentChecks.Of(snapshot),
            .. LimitChecks.Of(snapshot),
        ];
    }

    private static (FirstGovernance? First, IReadOnlyList<string> Errors) Read(DoctorContext context)
    {
        try
        {
            var first = FirstGovernance.Read(context.Governance.Path);
            return (first, [.. first.Problems]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, [Unreadable(context, e)]);
        }
    }

    private static string Unreadable(DoctorContext context, Exception e) =>
        $"{Proxy.Configuration.Settings.Root}:Governance:Path: the folder '{context.Governance.Path}' can't be read: {e.Message}";

    private static async Task<IReadOnlyList<string>> ErrorsAsync(CommandConfiguration configuration)
    {
        try
        {
            await using var app = Proxy.Program.Check(configuration.HostArguments(logAside: true), AdministrationSetup.AddAdministration);
            return [];
        }
        catch (ConfigurationException e)
        {
            return e.Errors;
        }
    }
}
