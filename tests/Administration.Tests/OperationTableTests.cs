using System.Net;
using System.Text.Json;
using Gateway.Administration.Operations;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Tests.Faults;

namespace Gateway.Administration.Tests;

/// <summary>Every operation with every role: only what its row says gets through. Made from the table.</summary>
public sealed class OperationTableTests : IAsyncLifetime
{
    private RunningAdministration _running = null!;

    public async Task InitializeAsync() => _running = await RunningAdministration.StartAsync();

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Operation_IsForTheRolesOfItsRowAlone()
    {
        var wrong = new List<string>();
        foreach (var role in RoleNames.Each)
        {
            using var client = await _running.NewOperatorAsync(RoleNames.Text(role), role);
            foreach (var operation in OperationTable.All.Where(one => one.Path != "/events"))
            {
                var (status, body) = await client.SendAsync(new HttpMethod(operation.Method), PathOf(operation), BodyOf(operation));
                var isRefused = Code(body) == "role_missing" && status == HttpStatusCode.Forbidden;
                var mayCall = operation.Access != OperationAccess.Roles || operation.Roles.HasFlag(role);
                if (mayCall == isRefused)
                {
                    wrong.Add($"{operation} by {role}: {(int)status} {Code(body)}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Operation_IsForNobodyWhoIsNotProven()
    {
        using var nobody = new OperatorClient(_running.Address, token: null);
        using var stranger = new OperatorClient(_running.Address, "gwo_demo.aaaaaaaaaa.nonsense");
        foreach (var operation in OperationTable.All.Where(one => one.Access != OperationAccess.Anybody))
        {
            foreach (var client in new[] { nobody, stranger })
            {
                var (status, body) = await client.SendAsync(new HttpMethod(operation.Method), PathOf(operation), BodyOf(operation));
                Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (status, Code(body)));
            }
        }
    }

    /// <summary>By the ids of one tenant, an operator of another with every role finds nothing and changes nothing.</summary>
    [Fact]
    public async Task Operation_OnAnotherTenantsThings_FindsNothing()
    {
        const string More = """

            ---
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: other}
            spec: {entitlements: [break_glass]}
            ---
            apiVersion: gateway/v1
            kind: NotificationChannel
            metadata: {tenant: demo, name: desk}
            spec: {type: webhook, url: "http://127.0.0.1:9/", secrets: ["vault://local/desk#key"]}
            """;
        await using var running = await RunningAdministration.StartAsync(RunningAdministration.Documents + More);
        var all = RoleNames.Each.Aggregate((sum, one) => sum | one);
        using var owner = await running.NewOperatorAsync("ada", all);
        using var other = await running.NewOperatorAsync("eve", all, tenant: "other");
        using var session = await running.SignInAsync("eve", "other"); // Fresh: what wants that is reached too.
        var signer = await running.Gateway.NewSignerAsync("payer");
        using var asked = await running.Gateway.SendSignedAsync(
            signer,
            () => running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", "{}")
        );
        var approval = Assert.Single((await ItemsAsync(owner, "approvals")).ToList()).GetProperty("id").GetString()!;
        var token = (await ItemsAsync(owner, "tokens")).First().GetProperty("id").GetString()!;

        var killed = await owner.SendAsync(HttpMethod.Post, "kills", NewKill);
        var kill = killed.Body.GetProperty("id").GetString()!;
        var notice = "";
        await Waiting.ForAsync(
            "there is something to tell",
            async () =>
                (notice = (await ItemsAsync(owner, "notices")).Select(one => one.GetProperty("id").GetString()!).FirstOrDefault() ?? "")
                != ""
        );

        foreach (var operation in OperationTable.All.Where(one => one.Path.Contains('{', StringComparison.Ordinal)))
        {
            var id =
                operation.Path.StartsWith("/kills", StringComparison.Ordinal) ? kill
                : operation.Path.StartsWith("/notices", StringComparison.Ordinal) ? notice
                : operation.Path.StartsWith("/approvals", StringComparison.Ordinal) ? approval
                : operation.Path.StartsWith("/agents", StringComparison.Ordinal) ? "payer"
                : operation.Path.StartsWith("/operators", StringComparison.Ordinal) ? "ada"
                : token;
            foreach (var client in operation.Fresh ? [session] : new[] { other, session })
            {
                var (status, body) = await client.SendAsync(
                    new HttpMethod(operation.Method),
                    PathOf(operation, id),
                    BodyOf(operation),
                    ("If-Match", "\"1\"")
                );
                Assert.Equal((operation.ToString(), HttpStatusCode.NotFound, "not_found"), (operation.ToString(), status, Code(body)));
            }
        }

        foreach (var list in new[] { "approvals", "agents", "kills", "notices" })
        {
            Assert.Empty(await ItemsAsync(other, list));
        }

        Assert.Equal(["eve"], (await ItemsAsync(other, "operators")).Select(one => one.GetProperty("name").GetString()));
        Assert.Equal("pending", (await owner.SendAsync(HttpMethod.Get, $"approvals/{approval}")).Body.GetProperty("state").GetString());
        Assert.Equal(1, (await owner.SendAsync(HttpMethod.Get, "operators/ada")).Body.GetProperty("version").GetInt32());
    }

    [Fact]
    public void Operation_HasItsOwnRow_AndSaysWhomItIsFor()
    {
        var all = OperationTable.All;
        Assert.Equal(all.Count, all.Select(one => one.ToString()).Distinct().Count());
        Assert.All(
            all,
            one =>
                Assert.True(
                    one.Access == OperationAccess.Roles ? one.Roles != 0 : one.Access != OperationAccess.Unspecified,
                    one.ToString()
                )
        );
    }

    [Fact]
    public async Task WhatHasNoRow_IsNotThere()
    {
        using var client = await _running.NewOperatorAsync("ada", OperatorRoles.PlatformAdmin | OperatorRoles.SecurityAdmin);
        foreach (var path in new[] { "/admin/v1/nothing", "/", "/v1/models", "/livez", "/console/../admin/v1/agents/x/y" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Get, path)).Status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_running.Gateway.Address, "/admin/v1/session"));
        using var answer = await _running.Gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Description_HasEveryRow()
    {
        using var client = await _running.NewOperatorAsync("ada", OperatorRoles.Viewer);
        var (status, document) = await client.SendAsync(HttpMethod.Get, "openapi.json");
        Assert.Equal(HttpStatusCode.OK, status);
        var described = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(one => $"{one.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(OperationTable.All.Select(one => one.ToString()).Order(), described.Order());
    }

    internal static string PathOf(AdminOperation operation, string id = "nothing") =>
        "/admin/v1" + System.Text.RegularExpressions.Regex.Replace(operation.Path, "{[a-z]+}", id);

    internal static object? BodyOf(AdminOperation operation) =>
        operation.IsChange
            ? operation.Path switch
            {
                "/sign-in" => new
                {
                    tenant = "demo",
                    name = "x",
                    password = "x",
                },
                "/setup" => new
                {
                    key = "gwi_x",
                    name = "x",
                    person = "x",
                    password = RunningAdministration.Password,
                },
                "/session/password" => new { current = "x", password = RunningAdministration.Password },
                "/session/proof" => new { password = "x" },
                "/session/tokens" => new
                {
                    name = "x",
                    roles = Array.Empty<string>(),
                    days = 1,
                    reason = "test",
                },
                "/operators" => new
                {
                    name = "x",
                    roles = Array.Empty<string>(),
                    reason = "test",
                },
                "/approvals/{id}/votes" => new
                {
                    vote = "deny",
                    view_sha256 = "x",
                    reason = "test",
                },
                "/approvals/{id}/break-glass" => new
                {
                    view_sha256 = "x",
                    reason = "test",
                    ticket = "test",
                },
                "/kills" => new { scope = "nothing", reason = "test" },
                "/agents/{agent}/standing" => new { status = "suspended", reason = "test" },
                _ => new { reason = "test" },
            }
            : null;

    private static object NewKill =>
        new
        {
            scope = "agent",
            target = "assistant",
            reason = "test",
        };

    private static async Task<IEnumerable<JsonElement>> ItemsAsync(OperatorClient client, string list) =>
        (await client.SendAsync(HttpMethod.Get, list)).Body.GetProperty("items").EnumerateArray();

    private static string? Code(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var code) ? code.GetString() : null;
}
