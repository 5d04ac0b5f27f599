using System.Net;
using Gateway.Connectors.Contracts;
using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Console;

/// <summary>Getting in, and out again, by the page.</summary>
public sealed class SignInPageTests(Chromium chromium) : ConsoleStory(chromium)
{
    [ChromiumFact]
    public async Task FirstOperator_IsMadeOnTheSetupPage_AndIsSignedIn()
    {
        var (key, text) = Running.Keys.Issue(
            Demo,
            OperatorKeyKind.Setup,
            "",
            OperatorRoles.TenantAdmin,
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(30)
        );
        Assert.True(await Running.Operators.AddKeyAsync(Demo, key, CancellationToken.None));
        var page = await OpenAsync();
        await page.GotoAsync("/console/setup");
        await page.GetByLabel("Key").FillAsync(text.Reveal());
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Person").FillAsync("Ada Sample");
        await page.GetByLabel("Password").FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the operator" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A password has");
        await Expect(page.GetByLabel("Key")).ToHaveValueAsync(text.Reveal());
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await page.GetByLabel("Password").FillAsync(RunningAdministration.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the operator" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are ada");
        await page.GetByRole(AriaRole.Link, new() { Name = "To the approvals" }).ClickAsync();
        await Expect(page.Locator("#who")).ToContainTextAsync("ada of demo");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("you are tenant-admin");
    }

    [ChromiumFact]
    public async Task WrongPassword_IsSaid_KeepsWhatWasTyped_AndTheRightOneGoesOnToThePageThatWasAskedFor()
    {
        var asked = await AskAsync();
        using var _ = await Running.NewOperatorAsync("cleo", OperatorRoles.Approver);
        var page = await OpenAsync();
        await page.GotoAsync($"/console/approvals/{asked.Id}");
        await FillAsync(page, "cleo", "wrong");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody is proven by this request.");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("cleo");
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await FillAsync(page, "cleo", RunningAdministration.Password);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Approval {asked.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (HttpStatusCode)(await page.APIRequest.GetAsync("/admin/v1/session")).Status);
    }

    [ChromiumFact]
    public async Task TooManyTries_SayHowLongToWait()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/console/approvals");
        var status = 0;
        while (status != 429) // On a slow machine a short wait is over before the next try; each further one doubles it.
        {
            var answer = page.WaitForResponseAsync("**/admin/v1/sign-in");
            await FillAsync(page, "cleo", "wrong");
            status = (await answer).Status;
            await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        }

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the next try is in");
    }

    [ChromiumFact]
    public async Task SuspendedOperator_IsSignedOutOfAnOpenPage()
    {
        var page = await SignInAsync("cleo", OperatorRoles.Approver);
        await Expect(page.Locator("#live")).ToHaveTextAsync("live");

        var now = TimeProvider.System.GetUtcNow();
        var found = (await Running.Operators.FindAsync(Demo, "cleo", CancellationToken.None))!;
        await Running.Operators.ChangeAsync(Demo, "cleo", found.Version, one => one with { Suspended = true }, now, CancellationToken.None);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your session has ended.");
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task FirstLoad_IsSmall_AndOfFewFiles()
    {
        var page = await OpenAsync();
        var files = new List<IResponse>();
        page.Response += (_, response) =>
        {
            if (new Uri(response.Url).AbsolutePath.StartsWith("/console/", StringComparison.Ordinal))
            {
                files.Add(response);
            }
        };
        await page.GotoAsync("/console/approvals");
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();

        var bytes = 0;
        foreach (var file in files)
        {
            bytes += (await file.BodyAsync()).Length;
        }

        Assert.InRange(files.Count, 1, 6);
        Assert.InRange(bytes, 1, 80_000);
    }
}
