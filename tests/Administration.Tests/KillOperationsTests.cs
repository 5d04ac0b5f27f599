using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Administration.Tests;

/// <summary>Operators stop what runs over the network, as the command does, and not everybody lets it go on.</summary>
public sealed class KillOperationsTests : IAsyncLifetime
{
    private const string Other = "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: other}\nspec: {}\n---\n";

    private static readonly CancellationToken None = CancellationToken.None;

    private RunningAdministration _running = null!;

    private KillStore Kills => new(_running.Store.Databases, ChangeOrigin.Local("test", "test"));

    public async Task InitializeAsync() => _running = await RunningAdministration.StartAsync(Other + RunningAdministration.Documents);

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task Agent_that_is_killed_is_refused_at_once_until_a_security_admin_lifts_it()
    {
        using var olga = await _running.NewOperatorAsync("olga", OperatorRoles.Operator);
        using var sam = await _running.NewOperatorAsync("sam", OperatorRoles.SecurityAdmin);
        Assert.Equal("approval_required", await PayAsync());

        var (status, kill) = await KillAsync(olga, "agent", "payer");
        Assert.Equal((HttpStatusCode.Created, "at_once", "operator:olga"), (status, Text(kill, "mode"), Text(kill, "by")));
        Assert.Equal("killed", await PayAsync());
        Assert.Equal(HttpStatusCode.OK, (await KillAsync(olga, "agent", "payer")).Status); // The same kill is the same.
        var listed = (await sam.SendAsync(HttpMethod.Get, "kills")).Body.GetProperty("items").EnumerateArray().ToList();
        var id = Text(Assert.Single(listed), "id");
        Assert.Equal(Text(kill, "id"), id);

        Assert.Equal("role_missing", Text((await LiftAsync(olga, id)).Body, "code"));
        Assert.Equal("killed", await PayAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await LiftAsync(sam, id)).Status);
        Assert.Equal("approval_required", await PayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await LiftAsync(sam, id)).Status);
        Assert.Empty(await _running.Store.UnrecordedAsync(Id<Tenant>.Parse("demo"), None));
    }

    /// <summary>Each scope with each role: who may stop it, and who may let it go on.</summary>
    [Theory]
    [InlineData("agent", "payer", OperatorRoles.Operator | OperatorRoles.SecurityAdmin, OperatorRoles.SecurityAdmin)]
    [InlineData("connector", "bank", OperatorRoles.Operator | OperatorRoles.SecurityAdmin, OperatorRoles.SecurityAdmin)]
    [InlineData("operation", "bank/refund", OperatorRoles.Operator | OperatorRoles.SecurityAdmin, OperatorRoles.SecurityAdmin)]
    [InlineData("tenant", "", Both, Both)]
    [InlineData("everything", "", OperatorRoles.PlatformAdmin, OperatorRoles.PlatformAdmin)]
    public async Task Scope_is_for_its_roles_alone(string scope, string target, OperatorRoles stop, OperatorRoles letGo)
    {
        Assert.True(Vocabulary.KillScope.TryParse(scope, out var parsed));
        foreach (var role in RoleNames.Each)
        {
            using var client = await _running.NewOperatorAsync(RoleNames.Text(role), role);
            var stopped = await KillAsync(client, scope, target);
            Assert.Equal((role, stop.HasFlag(role) ? HttpStatusCode.Created : HttpStatusCode.Forbidden), (role, stopped.Status));
            var tenant = Id<Tenant>.Parse("demo");
            var kill = await Kills.SetAsync(tenant, Kills.New(parsed, target, graceful: false, TimeProvider.System.GetUtcNow()), None);
            var lifted = await LiftAsync(client, kill.Id);
            Assert.Equal((role, letGo.HasFlag(role) ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden), (role, lifted.Status));
            foreach (var each in await _running.Store.TenantsAsync(None))
            {
                await Kills.LiftAsync(each, stop.HasFlag(role) ? Text(stopped.Body, "id") : kill.Id, TimeProvider.System.GetUtcNow(), None);
            }
        }
    }

    [Fact]
    public async Task Everything_is_stopped_in_each_tenant_under_one_id_with_each_ones_record_and_lifted_in_all()
    {
        using var pia = await _running.NewOperatorAsync("pia", OperatorRoles.PlatformAdmin);
        using var eve = await _running.NewOperatorAsync("eve", OperatorRoles.SecurityAdmin, tenant: "other");

        var (_, kill) = await KillAsync(pia, "everything", "");
        Assert.Equal("killed", await PayAsync());
        var seen = Assert.Single((await eve.SendAsync(HttpMethod.Get, "kills")).Body.GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(Text(kill, "id"), Text(seen, "id"));
        Assert.Empty(await _running.Store.UnrecordedAsync(Id<Tenant>.Parse("other"), None));

        Assert.Equal(HttpStatusCode.Forbidden, (await LiftAsync(eve, Text(kill, "id"))).Status);
        Assert.Equal("killed", await PayAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await LiftAsync(pia, Text(kill, "id"))).Status);
        Assert.Equal("approval_required", await PayAsync());
        Assert.Empty(await Kills.ListAsync(Id<Tenant>.Parse("other"), None));
    }

    [Fact]
    public async Task Everything_goes_on_in_all_tenants_or_in_none()
    {
        using var pia = await _running.NewOperatorAsync("pia", OperatorRoles.PlatformAdmin);
        var (_, kill) = await KillAsync(pia, "everything", "");
        await _running.Gateway.Services.GetRequiredService<TenantJournals>().Find(Id<Tenant>.Parse("other"))!.DisposeAsync();

        var (status, problem) = await LiftAsync(pia, Text(kill, "id"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "evidence_unavailable"), (status, Text(problem, "code")));
        Assert.Single(await Kills.ListAsync(Id<Tenant>.Parse("demo"), None));
        Assert.Single(await Kills.ListAsync(Id<Tenant>.Parse("other"), None));
        Assert.Equal("killed", await PayAsync());
    }

    [Fact]
    public async Task Everything_is_stopped_although_another_tenants_record_cannot_be_written()
    {
        using var pia = await _running.NewOperatorAsync("pia", OperatorRoles.PlatformAdmin);
        await _running.Gateway.Services.GetRequiredService<TenantJournals>().Find(Id<Tenant>.Parse("other"))!.DisposeAsync();

        Assert.Equal(HttpStatusCode.Created, (await KillAsync(pia, "everything", "")).Status);

        Assert.Equal("killed", await PayAsync());
        Assert.Empty(await Kills.ListAsync(Id<Tenant>.Parse("other"), None));
    }

    [Fact]
    public async Task Everything_is_refused_with_the_command_to_who_is_no_platform_admin()
    {
        using var ada = await _running.NewOperatorAsync("ada", Both | OperatorRoles.Operator);

        var (_, problem) = await KillAsync(ada, "everything", "");

        Assert.Contains("gateway kill everything", Text(problem, "remedy"), StringComparison.Ordinal);
        Assert.Equal("approval_required", await PayAsync());
    }

    [Theory]
    [InlineData("agent", "pay3r", "target")]
    [InlineData("agent", "", "target")]
    [InlineData("operation", "bank", "target")]
    [InlineData("operation", "bank/nothing", "target")]
    [InlineData("connector", "bank/refund", "target")]
    [InlineData("tenant", "other", "target")]
    [InlineData("unknown", "", "scope")]
    [InlineData("Agent", "payer", "scope")]
    public async Task Kill_of_what_there_is_not_is_refused(string scope, string target, string field)
    {
        using var sam = await _running.NewOperatorAsync("sam", OperatorRoles.SecurityAdmin);

        var (status, problem) = await KillAsync(sam, scope, target);

        Assert.Equal((HttpStatusCode.BadRequest, field), (status, Text(problem, "field")));
        Assert.Empty(await Kills.ListAsync(Id<Tenant>.Parse("demo"), None));
    }

    private const OperatorRoles Both = OperatorRoles.SecurityAdmin | OperatorRoles.TenantAdmin;

    private static Task<(HttpStatusCode Status, JsonElement Body)> KillAsync(OperatorClient client, string scope, string target) =>
        client.SendAsync(
            HttpMethod.Post,
            "kills",
            new
            {
                scope,
                target,
                reason = "INC-42",
            }
        );

    private static Task<(HttpStatusCode Status, JsonElement Body)> LiftAsync(OperatorClient client, string id) =>
        client.SendAsync(HttpMethod.Delete, $"kills/{id}", new { reason = "INC-42: mended" });

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private async Task<string?> PayAsync()
    {
        var signer = await _running.Gateway.NewSignerAsync("payer");
        using var response = await _running.Gateway.SendSignedAsync(
            signer,
            () => _running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", "{}")
        );
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("code").GetString();
    }
}
