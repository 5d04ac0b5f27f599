using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Console;

/// <summary>People approve on the page: as themselves, exactly what they were shown, once.</summary>
public sealed class ApprovalPageTests(Chromium chromium) : ConsoleStory(chromium)
{
    [ChromiumFact]
    public async Task TwoPeopleInTwoBrowsers_Approve_AndTheCallGoesThroughOnce()
    {
        var asked = await AskAsync();
        var cleo = await SignInAsync("cleo", OperatorRoles.Approver);
        var dora = await SignInAsync("dora", OperatorRoles.Approver, $"/console/approvals/{asked.Id}");
        await Expect(cleo.Locator("#pending li")).ToContainTextAsync("0 of 2 said yes");
        await cleo.Locator("#pending a").ClickAsync();
        await Expect(cleo.Locator("#digest")).ToHaveTextAsync(asked.ViewDigest);
        await VoteAsync(cleo);

        await Expect(cleo.Locator("#votes")).ToContainTextAsync("INC-42: checked");
        await Expect(cleo.Locator("#approve-why")).ToContainTextAsync("You have voted on it");
        await dora.GetByRole(AriaRole.Button, new() { Name = "Show 1 new" }).ClickAsync();
        await Expect(dora.Locator("#votes")).ToContainTextAsync("cleo: approve");
        await VoteAsync(dora);

        await Expect(State(dora)).ToHaveTextAsync("approved, not used yet");
        Assert.Equal(HttpStatusCode.Created, await PayAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await PayAsync());
        Assert.Equal(1, await Running.Provider.CountAsync());
        await dora.ReloadAsync();
        await Expect(State(dora)).ToHaveTextAsync("approved and used");
    }

    [ChromiumFact]
    public async Task WhatIsNotTheViewAnyMore_IsNotApproved_ButReadAnew()
    {
        var asked = await AskAsync();
        var cleo = await SignInAsync("cleo", OperatorRoles.Approver, $"/console/approvals/{asked.Id}");
        await Expect(cleo.Locator(".view")).ToContainTextAsync("c-1");
        var other = asked.View.Replace("\"c-1\"", "\"c-2\"", StringComparison.Ordinal);
        await ReplaceAsync(
            asked with
            {
                View = other,
                ViewDigest = Sha256Digest.Compute(System.Text.Encoding.UTF8.GetBytes(other)).ToString(),
            }
        );
        await VoteAsync(cleo);

        await Expect(cleo.GetByRole(AriaRole.Alert)).ToContainTextAsync("No vote was counted.");
        await Expect(cleo.Locator(".view")).ToContainTextAsync("c-2");
        Assert.Empty((await Approvals.FindAsync(Demo, asked.Id, asked.At, CancellationToken.None))!.Votes);
    }

    [ChromiumFact]
    public async Task WhatCanNotBeDone_SaysWhy()
    {
        var asked = await AskAsync();
        var path = $"/console/approvals/{asked.Id}";
        var owner = await SignInAsync("ada", OperatorRoles.Approver, path, person: "Ada Sample");
        await ExpectClosedAsync(owner, "The agent is your own");
        await ExpectClosedAsync(
            await SignInAsync("eve", OperatorRoles.Approver, path),
            "You aren't in a group that decides about it (treasury)"
        );
        await ExpectClosedAsync(await SignInAsync("audrey", OperatorRoles.Auditor, path), "You lack the role 'approver'");

        // One who votes long after its end finds that it has ended.
        var late = new ApprovalVote("cleo", true, asked.ViewDigest, asked.Ends + TimeSpan.FromSeconds(1), "late");
        Assert.Equal(VoteOutcome.Ended, (await Approvals.VoteAsync(Demo, asked.Id, late, CancellationToken.None)).Outcome);
        await ExpectClosedAsync(await SignInAsync("dora", OperatorRoles.Approver, path), "it is expired");
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Show 1 new" })).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task VoteNeedsAReason_AndTheWholeViewOnScreen()
    {
        var asked = await AskAsync($$"""{"note":"{{new string('x', 60_000)}}","amount":10}""");
        var cleo = await SignInAsync("cleo", OperatorRoles.Approver, $"/console/approvals/{asked.Id}");
        await Expect(cleo.Locator("#approve-why")).ToContainTextAsync("Opens once all of it was on screen: 2 ends");
        var approve = cleo.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true });
        await Expect(approve).ToBeDisabledAsync();

        // By the keyboard alone: the long text is reached and scrolled, then the page is.
        await cleo.Locator(".long").FocusAsync();
        await cleo.Keyboard.PressAsync("End");
        await Expect(cleo.Locator("#approve-why")).ToContainTextAsync(": 1 end to go");
        await cleo.GetByRole(AriaRole.Button, new() { Name = "Deny" }).FocusAsync();
        await cleo.Keyboard.PressAsync("PageUp");
        await Expect(approve).ToBeEnabledAsync();
        await approve.FocusAsync();
        await cleo.Keyboard.PressAsync("Enter");

        await Expect(cleo.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was sent: say why");
        await Expect(cleo.GetByLabel("Reason for your vote")).ToBeFocusedAsync();
        await cleo.Keyboard.TypeAsync("INC-42");
        await approve.FocusAsync();
        await cleo.Keyboard.PressAsync("Enter");
        await Expect(cleo.Locator("#votes")).ToContainTextAsync("cleo: approve");
    }

    [ChromiumFact]
    public async Task OneNo_EndsIt_AndWhatWasAskedCanBeTakenBack()
    {
        var first = await AskAsync();
        var cleo = await SignInAsync("cleo", OperatorRoles.Approver, $"/console/approvals/{first.Id}");
        await VoteAsync(cleo, "Deny");
        await Expect(State(cleo)).ToHaveTextAsync("denied");

        var second = await AskAsync();
        await cleo.GotoAsync($"/console/approvals/{second.Id}");
        await cleo.GetByLabel("Reason for taking it back").FillAsync("by mistake");
        await cleo.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(State(cleo)).ToHaveTextAsync("taken back");
        await Expect(cleo.Locator("#outcome")).ToHaveTextAsync("It is taken back.");
    }

    [ChromiumFact]
    public async Task Inbox_SaysWhatFillsIt_AndNewsWaits()
    {
        var cleo = await SignInAsync("cleo", OperatorRoles.Approver);
        await Expect(cleo.Locator("#empty")).ToContainTextAsync("gateway approvals list --tenant demo");
        await Expect(cleo.Locator("#live")).ToHaveTextAsync("live");
        await AskAsync("""{"amount":1}""");
        await AskAsync("""{"amount":2}""");

        var news = cleo.GetByRole(AriaRole.Button, new() { Name = "Show 2 new" });
        await Expect(news).ToBeVisibleAsync();
        await Expect(cleo.Locator("#pending li")).ToHaveCountAsync(0);
        await news.ClickAsync();
        await Expect(cleo.Locator("#pending li")).ToHaveCountAsync(2);
        await Expect(cleo.Locator("#pending li").First).ToContainTextAsync("left");

        await StopAsync();
        await Expect(cleo.Locator("#live")).ToContainTextAsync("not live since");
    }

    private static async Task ExpectClosedAsync(IPage page, string why)
    {
        await Expect(page.Locator("#approve-why")).ToContainTextAsync(why);
        await Expect(page.Locator("#deny-why")).ToContainTextAsync(why);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true })).ToBeDisabledAsync();
    }

    private Task<int> ReplaceAsync(ApprovalRecord record) =>
        Running.Store.Databases.RunAsync(
            Demo,
            write: true,
            session =>
                session.ExecuteAsync(
                    "UPDATE approvals SET body = @body WHERE id = @id",
                    new { id = record.Id, body = System.Text.Json.JsonSerializer.Serialize(record) }
                ),
            CancellationToken.None
        );
}
