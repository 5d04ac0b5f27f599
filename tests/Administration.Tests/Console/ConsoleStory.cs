using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Console;

/// <summary>A real gateway, an agent that wants to pay, and people with browsers. Whatever happens, no page may report anything.</summary>
public abstract class ConsoleStory(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    protected static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");

    private RequestSigner _signer = null!;
    private bool _isStopped;

    protected RunningAdministration Running { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Running = await RunningAdministration.StartAsync();
        _signer = await Running.Gateway.NewSignerAsync("payer");
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Assert.Empty(chromium.Reports);
    }

    /// <summary>The instance is gone.</summary>
    protected async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await Running.DisposeAsync();
        }
    }

    protected Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light) => chromium.OpenAsync(Running.Address, scheme);

    /// <summary>The operator and their browser, signed in at a page.</summary>
    protected async Task<IPage> SignInAsync(string name, OperatorRoles roles, string path = "/console/approvals", string? person = null)
    {
        using var _ = await Running.NewOperatorAsync(name, roles, person);
        var page = await OpenAsync();
        await page.GotoAsync(path);
        await FillAsync(page, name, RunningAdministration.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        return page;
    }

    internal static async Task FillAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Tenant").FillAsync("demo");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>The agent's call, always the same for the same body.</summary>
    protected async Task<HttpStatusCode> PayAsync(string body = """{"contact":"c-1","amount":10}""")
    {
        using var response = await Running.Gateway.SendSignedAsync(
            _signer,
            () => Running.Gateway.Request(HttpMethod.Post, "/tools/bank/refunds", body)
        );
        return response.StatusCode;
    }

    /// <summary>Has the agent ask, and says what for.</summary>
    protected async Task<ApprovalRecord> AskAsync(string body = """{"contact":"c-1","amount":10}""")
    {
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync(body));
        return (await Approvals.ListAsync(Demo, TimeProvider.System.GetUtcNow(), 1, CancellationToken.None))[0];
    }

    protected Connectors.Stores.ApprovalStore Approvals => new(Running.Store.Databases, new ChangeOrigin("os:test", "here", ""));

    internal static async Task VoteAsync(IPage page, string button = "Approve")
    {
        // Whoever scrolls to the end of what is shown has had all of it on screen.
        foreach (var end in await page.Locator(".end").AllAsync())
        {
            await end.ScrollIntoViewIfNeededAsync();
        }

        var vote = page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });
        await Assertions.Expect(vote).ToBeEnabledAsync();
        await page.GetByLabel("Reason for your vote").FillAsync("INC-42: checked");
        await vote.ClickAsync();
    }

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    protected static ILocator State(IPage page) => page.Locator("#state");
}
