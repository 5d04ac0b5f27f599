using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Administration.Tests;

/// <summary>In an emergency one operator whom the gate names lets one action go ahead alone, over the network and as themselves.</summary>
public sealed class BreakGlassOperationsTests : IAsyncLifetime
{
    private static readonly string Documents =
        RunningAdministration.Documents.Replace(
            "quorum: 2}",
            "quorum: 2, breakGlass: {groups: [oncall], perDay: 1}}",
            StringComparison.Ordinal
        )
        + """

            ---
            apiVersion: gateway/v1
            kind: ApproverGroup
            metadata: {tenant: demo, name: oncall}
            spec: {members: [flo, Ada Sample]}
            """;

    private RunningAdministration _running = null!;
    private RequestSigner _signer = null!;

    public async Task InitializeAsync()
    {
        _running = await RunningAdministration.StartAsync(Documents);
        _signer = await _running.Gateway.NewSignerAsync("payer");
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Emergency_of_whom_the_gate_names_lets_the_action_go_ahead_once_and_is_on_record()
    {
        using var token = await _running.NewOperatorAsync("flo", OperatorRoles.BreakGlass);
        using var session = await _running.SignInAsync("flo");
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        var (id, digest) = await SeeAsync(session);

        Assert.Equal("proof_too_old", Code(await BreakAsync(token, id, digest)));
        Assert.Equal("view_changed", Code(await BreakAsync(session, id, new string('0', 64))));
        Assert.Equal("ticket", (await BreakAsync(session, id, digest, ticket: " ")).Body.GetProperty("field").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());

        var (status, broken) = await BreakAsync(session, id, digest);
        Assert.Equal((HttpStatusCode.OK, "approved"), (status, broken.GetProperty("state").GetString()));
        var glass = broken.GetProperty("broken_glass");
        Assert.Equal(("flo", "INC-7"), (glass.GetProperty("person").GetString(), glass.GetProperty("ticket").GetString()));
        Assert.Empty(await _running.Store.UnrecordedAsync(Id<Tenant>.Parse("demo"), CancellationToken.None));

        Assert.Equal(HttpStatusCode.Created, await PayAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        Assert.Equal("ended", Code(await BreakAsync(session, id, digest)));
    }

    [Fact]
    public async Task Emergency_of_who_has_the_role_alone_or_owns_the_agent_lets_nothing_go_ahead()
    {
        await PayAsync();
        foreach (var (name, person) in new[] { ("cleo", "cleo"), ("ada", "Ada Sample") })
        {
            using var token = await _running.NewOperatorAsync(name, OperatorRoles.BreakGlass | OperatorRoles.Approver, person);
            using var session = await _running.SignInAsync(name);
            var (id, digest) = await SeeAsync(session);
            Assert.Equal("not_named", Code(await BreakAsync(session, id, digest)));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
    }

    [Fact]
    public async Task One_person_has_as_many_emergencies_as_the_gate_says_in_a_day()
    {
        using var token = await _running.NewOperatorAsync("flo", OperatorRoles.BreakGlass);
        using var session = await _running.SignInAsync("flo");
        await PayAsync();
        var (first, digest) = await SeeAsync(session);
        Assert.Equal(HttpStatusCode.OK, (await BreakAsync(session, first, digest)).Status);
        await PayAsync();
        await PayAsync();
        var (second, next) = await SeeAsync(session);

        Assert.Equal("too_often", Code(await BreakAsync(session, second, next)));
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
    }

    [Fact]
    public async Task Role_is_given_by_a_tenant_admin_to_another_and_has_an_end()
    {
        using var token = await _running.NewOperatorAsync("tina", OperatorRoles.TenantAdmin);
        using var tina = await _running.SignInAsync("tina");
        using var flo = await _running.NewOperatorAsync("flo", OperatorRoles.Viewer);
        var roles = new { roles = new[] { "tenant-admin", "break-glass" }, reason = "on call" };

        Assert.Equal("own_account", Code(await tina.SendAsync(HttpMethod.Patch, "operators/tina", roles, ("If-Match", "\"1\""))));
        var given = await tina.SendAsync(
            HttpMethod.Patch,
            "operators/flo",
            new { roles = new[] { "viewer", "break-glass" }, reason = "on call" },
            ("If-Match", "\"1\"")
        );

        var until = given.Body.GetProperty("break_glass_until").GetDateTimeOffset();
        Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromDays(1));
        var record = await _running.Operators.FindAsync(Id<Tenant>.Parse("demo"), "flo", CancellationToken.None);
        Assert.Equal(OperatorRoles.Viewer, record!.RolesAt(until));
        Assert.Equal(OperatorRoles.Viewer | OperatorRoles.BreakGlass, record.RolesAt(until.AddSeconds(-1)));
    }

    private async Task<HttpStatusCode> PayAsync()
    {
        using var response = await _running.Gateway.SendSignedAsync(
            _signer,
            () => _running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", """{"contact":"c-1","amount":10}""")
        );
        return response.StatusCode;
    }

    private static async Task<(string Id, string Digest)> SeeAsync(OperatorClient client)
    {
        var (_, list) = await client.SendAsync(HttpMethod.Get, "approvals?state=pending");
        var id = Assert.Single(list.GetProperty("items").EnumerateArray().ToList()).GetProperty("id").GetString()!;
        using var response = await client.SendRawAsync(HttpMethod.Get, $"approvals/{id}/view");
        var view = await response.Content.ReadAsByteArrayAsync();
        return (id, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(view)));
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> BreakAsync(
        OperatorClient client,
        string id,
        string digest,
        string ticket = "INC-7"
    ) =>
        client.SendAsync(
            HttpMethod.Post,
            $"approvals/{id}/break-glass",
            new
            {
                view_sha256 = digest,
                reason = "payroll is late",
                ticket,
            }
        );

    private static string? Code((HttpStatusCode Status, JsonElement Body) answer) => answer.Body.GetProperty("code").GetString();
}
