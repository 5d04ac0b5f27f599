using System.Globalization;
using Gateway.Cli.Commands.Store;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.State;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;

namespace Gateway.Cli.Diagnosis;

/// <summary>What Gateway keeps and asks elsewhere: the vault, the durable store, the shared state.</summary>
internal static class StoreChecks
{
    public static IEnumerable<Finding> Vault(DoctorContext context)
    {
        const string Check = "vault";
        if (context.Keys.Keys is not { } keys)
        {
            return [new Finding(Check, FindingStatus.Fail, "The vault can't be opened without the keys.", "Mend the keys first.")];
        }

        try
        {
            var vault = new EncryptedFileVault(CredentialsSetup.VaultFolderOf(context.Data), new Envelope(keys.DataEncryption));
            var known = keys.DataEncryption.All.Select(key => key.Id).ToHashSet();
            var entries = vault.Tenants().SelectMany(tenant => vault.List(tenant).Select(entry => (Tenant: tenant, Entry: entry))).ToList();
            var lost = entries.Where(found => !known.Contains(found.Entry.KeyId)).ToList();
            return lost.Count == 0
                ? [new Finding(Check, FindingStatus.Pass, $"{entries.Count} secrets, each sealed under a key that is there.")]
                :
                [
                    new Finding(
                        Check,
                        FindingStatus.Fail,
                        $"{lost.Count} secrets are sealed under keys that aren't there; the first is "
                            + $"{lost[0].Entry.Reference} of '{lost[0].Tenant}'.",
                        "Put the older key behind the current one in DATA_ENCRYPTION_KEY, then run 'gateway keys rotate'."
                    ),
                ];
        }
        catch (CredentialSourceException e)
        {
            return [new Finding(Check, FindingStatus.Fail, e.Message, "Put the vault's file back from a copy.")];
        }
    }

    public static async Task<IEnumerable<Finding>> StoreAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        const string Check = "store";
        if (context.Store.Problems(context.Configuration.Find).Any())
        {
            return []; // They are said by the check of all settings.
        }

        try
        {
            await using var store = context.Store.OpenForCommand(context.Data, context.Configuration.Find);
            var tenants = await store.TenantsAsync(cancellationToken);
            var credentials = new List<CredentialRecord>();
            var lost = new List<string>();
            foreach (var tenant in tenants)
            {
                lost.AddRange((await LostLogs.FindAsync(store, tenant, cancellationToken)).Select(log => LostLogs.Sentence(tenant, log)));
                credentials.AddRange(await store.ListCredentialsAsync(tenant, cancellationToken));
            }

            return
            [
                new Finding(Check, FindingStatus.Pass, $"{tenants.Count} tenants with {credentials.Count} credentials can be read."),
                .. credentials.GroupBy(credential => credential.Tenant).SelectMany(Expiring),
                .. lost.Select(log => new Finding(
                    Check,
                    FindingStatus.Warn,
                    log,
                    "Put the volume back under the same address. 'gateway journal verify' proves what an archive or a copy holds of it."
                )),
            ];
        }
        catch (DurableStoreException e)
        {
            return
            [
                new Finding(
                    Check,
                    FindingStatus.Fail,
                    e.Message,
                    context.Store.Kind == "postgres"
                        ? "Start PostgreSQL, and check what is under Gateway:Store, and POSTGRES_PASSWORD."
                        : "Put the store's file back from a copy; don't start with an empty one."
                ),
            ];
        }
    }

    private static IEnumerable<Finding> Expiring(IEnumerable<CredentialRecord> ofOneTenant) =>
        from record in ExpiringCredentials.Find([.. ofOneTenant], TimeProvider.System.GetUtcNow())
        select new Finding(
            "credentials",
            FindingStatus.Warn,
            $"{record.Tenant}.{record.Id} of '{record.Agent}' expires at {InstantText.Of(record.ExpiresAt!.Value)}.",
            $"Run 'gateway agents credentials rotate --tenant {record.Tenant} --id {record.Id}'."
        );

    public static async Task<IEnumerable<Finding>> SharedStateAsync(DoctorContext context)
    {
        const string Check = "shared_state";
        var state = context.State;
        if (state.Kind != "redis")
        {
            return [new Finding(Check, FindingStatus.Pass, "It is in this process' memory: right for one instance.")];
        }

        try
        {
            var options = state.ToRedis(context.Configuration.Find);
            var ahead = await RedisCheck.ClockOffsetAsync(options, TimeProvider.System);
            var apart = string.Create(
                CultureInfo.InvariantCulture,
                $"its clock and this machine's are {Math.Abs(ahead.TotalMilliseconds):F0} ms apart"
            );
            return ahead.Duration() <= RedisCheck.Tolerance
                ? [new Finding(Check, FindingStatus.Pass, $"Redis answers and is set up to forget nothing; {apart}.")]
                :
                [
                    new Finding(
                        Check,
                        FindingStatus.Fail,
                        $"Redis answers, and {apart}: nothing is admitted.",
                        "Let NTP or chrony set both clocks."
                    ),
                ];
        }
        catch (SharedStateException e)
        {
            return
            [
                new Finding(
                    Check,
                    FindingStatus.Fail,
                    e.Message,
                    "Start Redis, and check what is under Gateway:State, and REDIS_PASSWORD."
                ),
            ];
        }
    }
}
