using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Records;
using Gateway.Evidence.Verification;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Evidence;

/// <summary>What a command changed that was killed before it could put it on record, a running instance puts there.</summary>
public sealed class ChangeRecordingTests
{
    [Fact]
    public async Task WhatAnotherProcessChanged_InStoreAndVault_IsOnRecordOnceByTheRunningInstance()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));
        var origin = new ChangeOrigin("os:ann", "gw-1: gateway agents suspend", "odd exports");
        await using var killed = new SqliteStore(Path.Combine(gateway.DataPath, "store")).By(origin);
        await killed.PrepareAsync([RunningGateway.Demo], CancellationToken.None);
        await killed.SetLifecycleAsync(
            RunningGateway.Demo,
            Id<Agent>.Parse("assistant"),
            LifecycleStatus.Suspended,
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );
        var vault = gateway.Services.GetRequiredService<EncryptedFileVault>().By(origin);
        await vault.PutAsync(
            RunningGateway.Demo,
            new CredentialReference("local", "crm/prod", "token"),
            new Secret("canary-of-the-vault"),
            CancellationToken.None
        );

        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await killed.UnrecordedAsync(RunningGateway.Demo, deadline.Token)).Count + vault.Unrecorded(RunningGateway.Demo).Count > 0)
        {
            await Task.Delay(10, deadline.Token);
        }

        var changes = Changes(gateway.JournalPath).Where(change => change.Contains("odd exports", StringComparison.Ordinal)).ToArray();
        Assert.Single(changes, change => change.Contains("\"kind\":\"lifecycle_set\"", StringComparison.Ordinal));
        Assert.Single(changes, change => change.Contains("\"kind\":\"secret_put\"", StringComparison.Ordinal));
        Assert.All(changes, change => Assert.DoesNotContain("canary", change, StringComparison.Ordinal));
    }

    private static List<string> Changes(string journal)
    {
        var changes = new List<string>();
        JournalVerifier.Verify(
            journal,
            keys: null,
            (in RecordEnvelope record) =>
            {
                if (record.Type.SequenceEqual("change"u8))
                {
                    changes.Add(System.Text.Encoding.UTF8.GetString(record.Body));
                }
            },
            CancellationToken.None
        );
        return changes;
    }
}
