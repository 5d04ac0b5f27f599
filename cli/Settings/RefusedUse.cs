using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Cli.Settings;

/// <summary>Puts on record that somebody wanted what a tenant isn't entitled to. Refused it is, recorded or not.</summary>
internal static class RefusedUse
{
    /// <param name="program">What ran, as it is typed, without arguments.</param>
    public static async Task<CommandResult> RecordAsync(
        CommandConfiguration configuration,
        string program,
        UseRefusedException refused,
        CancellationToken cancellationToken
    )
    {
        var result = CommandResult.Refused(ExitCode.Blocked, [refused.Error]);
        return await ProblemAsync(configuration, program, refused, cancellationToken) is { } problem
            ? result with
            {
                Warnings = [$"The refusal is not on record: {problem}"],
            }
            : result;
    }

    /// <summary>Null where it is on record.</summary>
    private static async Task<string?> ProblemAsync(
        CommandConfiguration configuration,
        string program,
        UseRefusedException refused,
        CancellationToken cancellationToken
    )
    {
        if (!configuration.HasInstance)
        {
            return "no instance is set up here.";
        }

        try
        {
            var instance = LocalInstance.Open(configuration);
            if (!IsOurs(instance, refused.Tenant))
            {
                return "there is no such tenant here.";
            }

            await using var change = await instance.BeginChangeAsync(
                instance.LoadKeys(),
                refused.Tenant,
                GovernedChange.UseRefused,
                program,
                refused.Error.Message,
                cancellationToken
            );
            await change.AnnounceAsync(GovernedChange.UseRefused, refused.Subject, cancellationToken);
            return null;
        }
        catch (Exception e)
            when (e
                    is InvalidInputException
                        or ConfigurationException
                        or DurableStoreException
                        or CredentialSourceException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return e.Message;
        }
    }

    /// <summary>A journal is begun for no name that anybody types.</summary>
    private static bool IsOurs(LocalInstance instance, Id<Tenant> tenant)
    {
        if (tenant.IsEmpty || Directory.Exists(Path.Combine(instance.JournalFolder, tenant.ToString())))
        {
            return !tenant.IsEmpty;
        }

        try
        {
            return Governance.Compile(instance.GovernanceFolder).Find(tenant) is not null;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
