using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Bearer keys that are wrong, of somebody else, or no longer good.</summary>
public sealed class BearerAttackTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    [Theory]
    [InlineData("Bearer ", ReasonCode.UnknownKey)]
    [InlineData("Bearer null", ReasonCode.UnknownKey)]
    [InlineData("Bearer gwk_demo.aaaaaaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ReasonCode.UnknownKey)]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", ReasonCode.UnknownKey)]
    [InlineData("Bearer ' OR 1=1 --", ReasonCode.UnknownKey)]
    [InlineData("Bearer gwk_../../store.aaaaaaaaaa.A", ReasonCode.UnknownKey)]
    [InlineData("Basic ZGVtbzpkZW1v", ReasonCode.UnknownKey)]
    [InlineData("Negotiate abc", ReasonCode.UnknownKey)]
    public async Task An_authorization_that_is_no_key_is_refused(string value, ReasonCode reason) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", AttackedGateway.Contacts).Set("Authorization", value), reason);

    [Fact]
    public async Task A_key_with_one_character_changed_is_refused()
    {
        var changed = attacked.Key[..^10] + (attacked.Key[^10] == 'a' ? 'b' : 'a') + attacked.Key[^9..];

        await attacked.AssertRefusedAsync(RawRequest.WithKey(attacked, changed, "GET", AttackedGateway.Contacts), ReasonCode.UnknownKey);
    }

    [Fact]
    public async Task A_runtime_secret_sent_as_a_bearer_is_refused()
    {
        var (issued, _) = await attacked.Gateway.NewRuntimeKeyAsync(AttackedGateway.Handy, RunningGateway.Demo);

        await attacked.AssertRefusedAsync(
            RawRequest.WithKey(attacked, issued.ShownOnce!.Reveal(), "GET", AttackedGateway.Contacts),
            ReasonCode.UnknownKey
        );
    }

    [Theory]
    [InlineData("Gateway-Tenant: rival")]
    [InlineData("Gateway-Tenant: DEMO")]
    [InlineData("Gateway-Workspace: other")]
    [InlineData("Gateway-Agent: assistant")]
    [InlineData("Gateway-Agent:")]
    public async Task A_header_that_names_somebody_else_is_refused(string header) =>
        await attacked.AssertRefusedAsync(attacked.WithKey("GET", AttackedGateway.Contacts).And(header), ReasonCode.IdentityMismatch);

    [Fact]
    public async Task A_bearer_opens_no_tools_unless_the_agent_says_so() =>
        await attacked.AssertRefusedAsync(
            RawRequest.WithKey(attacked, await attacked.Gateway.NewBearerAsync("assistant"), "GET", AttackedGateway.Contacts),
            ReasonCode.BearerNotAllowed
        );

    [Fact]
    public async Task A_suspended_agent_is_refused() =>
        await attacked.AssertRefusedAsync(
            RawRequest.WithKey(
                attacked,
                await attacked.Gateway.NewBearerAsync("suspended"),
                "POST",
                "/v1/chat/completions",
                AttackedGateway.Chat
            ),
            ReasonCode.AgentNotActive,
            Door.OpenAi
        );

    [Fact]
    public async Task An_agent_that_is_not_registered_is_refused() =>
        await attacked.AssertRefusedAsync(
            RawRequest.WithKey(
                attacked,
                await attacked.Gateway.NewBearerAsync("ghost"),
                "POST",
                "/v1/chat/completions",
                AttackedGateway.Chat
            ),
            ReasonCode.AgentUnregistered,
            Door.OpenAi
        );

    [Fact]
    public async Task A_key_of_a_tenant_that_is_not_declared_is_refused() =>
        await attacked.AssertRefusedAsync(
            RawRequest.WithKey(
                attacked,
                Connectors.Keys.AgentKeyText.Generate(
                    Connectors.Keys.AgentKeyKind.Bearer,
                    Id<Tenant>.Parse("nobody"),
                    Connectors.Keys.AgentKeyText.NewId()
                ),
                "GET",
                AttackedGateway.Contacts
            ),
            ReasonCode.UnknownKey
        );

    [Fact]
    public async Task Another_tenants_connector_does_not_exist() =>
        await attacked.AssertRefusedAsync(
            RawRequest.WithKey(
                attacked,
                (await attacked.Gateway.IssueAsync("assistant", CredentialKind.Bearer, null, AttackDocuments.Rival)).ShownOnce!.Reveal(),
                "GET",
                "/tools/odd/leak"
            ),
            ReasonCode.UnknownConnector
        );

    [Fact]
    public async Task A_key_that_is_revoked_at_run_time_is_refused_at_once()
    {
        var issued = await attacked.Gateway.IssueAsync(AttackedGateway.Handy, CredentialKind.Bearer, null);
        RawRequest Request() => RawRequest.WithKey(attacked, issued.ShownOnce!.Reveal(), "GET", AttackedGateway.Contacts);
        await attacked.AssertPassesAsync(Request());

        Assert.True(
            await Store.RevokeCredentialAsync(
                RunningGateway.Demo,
                issued.Record.Id,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            )
        );
        await UntilRefusedAsync(Request);

        await attacked.AssertRefusedAsync(Request(), ReasonCode.RevokedCredential);
    }

    [Fact]
    public async Task An_agent_that_is_suspended_at_run_time_is_refused_until_it_is_active_again()
    {
        var key = await attacked.Gateway.NewBearerAsync("fickle");
        RawRequest Request() => RawRequest.WithKey(attacked, key, "GET", AttackedGateway.Contacts);
        await attacked.AssertPassesAsync(Request());

        await SetAsync(LifecycleStatus.Suspended);
        await UntilRefusedAsync(Request);
        await attacked.AssertRefusedAsync(Request(), ReasonCode.AgentNotActive);

        await SetAsync(LifecycleStatus.Active);
        await UntilAsync(async () => (await attacked.SendAsync(Request())).Status == 200);
    }

    private IDurableStore Store => attacked.Gateway.Services.GetRequiredService<IDurableStore>();

    private Task SetAsync(LifecycleStatus status) =>
        Store.SetLifecycleAsync(
            RunningGateway.Demo,
            Id<Agent>.Parse("fickle"),
            status,
            TimeProvider.System.GetUtcNow(),
            CancellationToken.None
        );

    private Task UntilRefusedAsync(Func<RawRequest> request) =>
        UntilAsync(async () => (await attacked.SendAsync(request())).Status is 401 or 403);

    /// <summary>A change is followed within a second; the deadline is a busy machine's.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
