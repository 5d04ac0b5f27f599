using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Administration.Tests;

/// <summary>What can't be recorded or looked up doesn't happen.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private RunningAdministration _running = null!;

    public async Task InitializeAsync() => _running = await RunningAdministration.StartAsync();

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Change_WhoseRecordCannotBeWritten_IsRefused_AndChangesNothing()
    {
        using var boss = await _running.NewOperatorAsync("ada", OperatorRoles.SecurityAdmin);
        using var ben = await _running.NewOperatorAsync("ben", OperatorRoles.Viewer);
        await _running.Gateway.Services.GetRequiredService<TenantJournals>().Find(Demo)!.DisposeAsync();

        var suspended = await boss.SendAsync(HttpMethod.Put, "agents/assistant/standing", new { status = "suspended", reason = "INC-42" });
        var refused = await ben.SendAsync(HttpMethod.Put, "agents/assistant/standing", new { status = "suspended", reason = "INC-42" });

        foreach (var answer in new[] { suspended, refused })
        {
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "evidence_unavailable"),
                (answer.Status, answer.Body.GetProperty("code").GetString())
            );
        }

        Assert.Null(await _running.Store.FindLifecycleAsync(Demo, Id<Agent>.Parse("assistant"), CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await ben.SendAsync(HttpMethod.Get, "agents")).Status);
    }

    [Fact]
    public async Task Operator_WhoCannotBeLookedUp_IsRefused_WhateverTheyAsk()
    {
        using var ada = await _running.NewOperatorAsync("ada", OperatorRoles.SecurityAdmin);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path.Combine(_running.Gateway.DataPath, "store"), recursive: true);

        foreach (var (method, path) in new[] { (HttpMethod.Get, "agents"), (HttpMethod.Delete, "session") })
        {
            var (status, body) = await ada.SendAsync(method, path);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "dependency_unavailable"), (status, body.GetProperty("code").GetString()));
        }
    }
}
