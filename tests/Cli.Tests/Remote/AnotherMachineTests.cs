using Gateway.Connectors.Contracts;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Remote;

/// <summary>Approving from where there is nothing of the instance but its address: over TLS, by an authority of its own.</summary>
public sealed class AnotherMachineTests
{
    [NamespaceFact]
    public async Task Command_InAnotherNetwork_SignsIn_SeesAndApproves_OverTls()
    {
        using var elsewhere = NetworkNamespace.TryMake()!;
        await using var gateway = await InstanceAt.StartAsync(elsewhere.Here);
        await gateway.AddOperatorAsync("cleo", OperatorRoles.Approver);
        using var folder = CommandFolder.Empty();
        folder.Prefix = elsewhere.Prefix;
        File.Copy(gateway.CaFile, folder.FileOf("ca.pem"));
        var (id, view) = await gateway.AskAsync("from afar");

        string[] signIn =
        [
            "tokens",
            "create",
            "--sign-in",
            "--tenant",
            "demo",
            "--name",
            "laptop",
            "--roles",
            "approver",
            "--reason",
            "from afar",
            "--address",
            gateway.SecureAddress,
            "--profile",
            "prod",
        ];
        var input = $"cleo\n{ServedGateway.Password}\n";
        Assert.Contains("--ca", (await folder.RunAsync(signIn, input)).Ended(1).Error, StringComparison.Ordinal);
        (await folder.RunAsync([.. signIn, "--ca", "ca.pem"], input)).Ended(0);
        (await folder.RunAsync("profiles use prod")).Ended(0);

        Assert.Contains(view, (await folder.RunAsync($"approvals show {id}")).Ended(0).Output, StringComparison.Ordinal);
        (await folder.RunAsync(["approvals", "approve", id, "--view", view, "--reason", "looked at it"])).Ended(0);
        var after = (await gateway.Folder.RunAsync($"approvals show {id} --tenant demo --json")).Ended(0).Data();
        Assert.Equal("approved", after.GetProperty("state").GetString());
        Assert.Equal("cleo", after.GetProperty("votes")[0].GetProperty("person").GetString());
        var voted = (await gateway.Folder.RunAsync("changes list --tenant demo --kind approval_voted --json")).Ended(0).Data();
        Assert.Contains(
            elsewhere.There.ToString(),
            Assert.Single(voted.GetProperty("changes").EnumerateArray()).GetRawText(),
            StringComparison.Ordinal
        );

        // What listens on the instance's own loopback can't be reached from there.
        folder.Settings["GATEWAY_ADMIN_ADDRESS"] = gateway.Address;
        folder.Settings["GATEWAY_ADMIN_TOKEN"] = await gateway.NewTokenAsync("cleo", OperatorRoles.Approver);
        Assert.Contains("Nothing answers", (await folder.RunAsync("approvals list")).Ended(1).Error, StringComparison.Ordinal);
    }

    private sealed class InstanceAt(System.Net.IPAddress address) : ServedGateway(address), IAsyncDisposable
    {
        public static async Task<InstanceAt> StartAsync(System.Net.IPAddress address)
        {
            var made = new InstanceAt(address);
            try
            {
                await made.InitializeAsync();
                return made;
            }
            catch
            {
                await made.DisposeAsync();
                throw;
            }
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
