using System.Net;
using Gateway.Administration.Operations;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Testing;
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

    /// <summary>Each row that changes something, by an operator who may all, on things that there are; made from the table.</summary>
    [Fact]
    public async Task Operation_WhoseRecordCannotBeWritten_LeavesTheStoreAsItWas()
    {
        using var owner = await _running.NewOperatorAsync("ada", RoleNames.Each.Aggregate((sum, one) => sum | one));
        using var other = await _running.NewOperatorAsync("ben", OperatorRoles.Viewer);
        using var session = await _running.SignInAsync("ada");
        var (setup, key) = _running.Keys.Issue(
            Demo,
            OperatorKeyKind.Setup,
            owner: "",
            OperatorRoles.TenantAdmin,
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(30)
        );
        Assert.True(await _running.Operators.AddKeyAsync(Demo, setup, CancellationToken.None));
        var signer = await _running.Gateway.NewSignerAsync("payer");
        using var asked = await _running.Gateway.SendSignedAsync(
            signer,
            () => _running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", "{}")
        );
        var target = new
        {
            scope = "agent",
            target = "payer",
            reason = "INC-42",
        };
        var kill = (await owner.SendAsync(HttpMethod.Post, "kills", target)).Body.GetProperty("id").GetString()!;
        var ids = new Dictionary<string, string>
        {
            ["approvals"] = await FirstAsync(owner, "approvals", "id"),
            ["agents"] = "assistant",
            ["kills"] = kill,
            ["operators"] = "ben",
            ["session"] = await FirstAsync(owner, "tokens", "id"),
            ["tokens"] = await FirstAsync(owner, "tokens", "id"),
        };
        await _running.Gateway.Services.GetRequiredService<TenantJournals>().Find(Demo)!.DisposeAsync();
        var before = Stored();

        foreach (var operation in OperationTable.All.Where(one => one.IsChange))
        {
            var id = ids.GetValueOrDefault(operation.Path.Split('/')[1], "nothing");
            var body = operation.Path switch
            {
                "/sign-in" => new
                {
                    tenant = "demo",
                    name = "ben",
                    password = RunningAdministration.Password,
                },
                "/setup" => new
                {
                    key = key.Reveal(),
                    name = "first",
                    person = "first",
                    password = RunningAdministration.Password,
                },
                "/kills" => target,
                _ => OperationTableTests.BodyOf(operation),
            };
            var (status, problem) = await session.SendAsync(
                new HttpMethod(operation.Method),
                OperationTableTests.PathOf(operation, id),
                body,
                ("If-Match", "\"1\"")
            );
            Assert.Equal(
                (operation.ToString(), HttpStatusCode.ServiceUnavailable, "evidence_unavailable"),
                (operation.ToString(), status, problem.GetProperty("code").GetString())
            );
        }

        Assert.Equal(before, Stored());
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

    /// <summary>Without how far people were told, which the instance writes down by itself.</summary>
    private string Stored() => StoreText.Of(Path.Combine(_running.Gateway.DataPath, "store"), "notices_made");

    private static async Task<string> FirstAsync(OperatorClient client, string list, string name) =>
        (await client.SendAsync(HttpMethod.Get, list)).Body.GetProperty("items").EnumerateArray().First().GetProperty(name).GetString()!;
}
