using Gateway.Connectors.Contracts;
using Gateway.Testing;
using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Console;

/// <summary>What an agent sends is an attacker's text: shown whole, as what it is, and it does nothing.</summary>
public sealed class HostileViewTests(Chromium chromium) : ConsoleStory(chromium)
{
    private const string Markup =
        "<img src=x onerror=alert(1)><script>alert(2)</script><a href=https://evil.example>ok</a> https://evil.example";

    [ChromiumFact]
    public async Task HostileArguments_AreShownWhole_AndNothingRuns()
    {
        var pad = new string('y', 64 * 1024 - 7) + "THE-END";
        var asked = await AskAsync(
            $$"""
            {"html":"{{Markup}}","turned":"a\u202eb","hidden":"x\u200by\u2066\ue000\u3164","lines":"one\ntwo","long":"{{pad}}",
             "big":123456789012345678901234567890,"small":1e-400,"zero":-0.0,"<b>key</b>\u202e":true,"empty":{},"none":[]}
            """
        );
        var page = await SignInAsync("cleo", OperatorRoles.Approver, $"/console/approvals/{asked.Id}");

        await page.Locator(".view dt").First.WaitForAsync();
        await ExpectAsync(page, "/arguments/html", Markup);
        await ExpectAsync(page, "/arguments/turned", "aU+202Eb");
        await ExpectAsync(page, "/arguments/hidden", "xU+200ByU+2066U+E000U+3164");
        await ExpectAsync(page, "/arguments/lines", "oneU+000A\ntwo");
        await ExpectAsync(page, "/arguments/long", pad);
        await ExpectAsync(page, "/arguments/big", "123456789012345678901234567890");
        await ExpectAsync(page, "/arguments/small", "1e-400");
        await ExpectAsync(page, "/arguments/zero", "-0.0");
        await ExpectAsync(page, "/arguments/<b>key<~1b>U+202E", "true");
        await Expect(page.Locator(".view")).ToContainTextAsync("4 of them not seen as such");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "character U+202E that isn't seen" }).First).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator(".view a, .view img, .view script, .view b").CountAsync());
        await Expect(page.Locator("#digest")).ToHaveTextAsync(asked.ViewDigest);
        await VoteAsync(page);
        await Expect(page.Locator("#votes")).ToContainTextAsync("cleo: approve");
    }

    [ChromiumFact]
    public async Task Page_IsReadAtFourHundredPercent_AndInTheDark()
    {
        var asked = await AskAsync("""{"contact":"c-1","amount":120.00,"note":"late\u202etial"}""");
        using var _ = await Running.NewOperatorAsync("cleo", OperatorRoles.Approver);
        var page = await OpenAsync(ColorScheme.Dark);
        await page.SetViewportSizeAsync(320, 256);
        await page.GotoAsync($"/console/approvals/{asked.Id}");
        await FillAsync(page, "cleo", RunningAdministration.Password);
        await Expect(page.Locator(".view")).ToBeVisibleAsync();

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.NotEqual("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        var unnamed = await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('input')].filter((one) => one.labels.length === 0).length"
        );
        Assert.Equal(0, unnamed);
    }

    [ChromiumFact]
    public async Task Page_IsAsTheDocumentationShowsIt()
    {
        var asked = await AskAsync("""{"contact":"c-1","amount":120.00,"note":"late\u202etial"}""");
        var page = await SignInAsync("cleo", OperatorRoles.Approver, $"/console/approvals/{asked.Id}");
        await page.SetViewportSizeAsync(720, 700);
        await Expect(page.Locator(".view")).ToBeVisibleAsync();
        var top = await page.GetByRole(AriaRole.Heading, new() { Name = "What is to be approved" }).BoundingBoxAsync();
        var end = await page.GetByRole(AriaRole.Heading, new() { Name = "Take it back" }).BoundingBoxAsync();
        var part = new Clip
        {
            X = 0,
            Y = top!.Y - 10,
            Width = 720,
            Height = end!.Y - top.Y,
        };
        var picture = await page.ScreenshotAsync(new() { FullPage = true, Clip = part });

        var path = Path.Combine(Repository.Root, "docs", "approval-page.png");
        if (GeneratedFile.MayWrite)
        {
            await File.WriteAllBytesAsync(path, picture);
        }

        // Its fonts are those of the machine that it was made on, so its bytes aren't compared.
        Assert.True(
            File.Exists(path) && new FileInfo(path).Length < 100_000,
            "Make docs/approval-page.png anew: GATEWAY_WRITE_DOCS=1 dotnet test -c Release --filter HostileViewTests"
        );
    }

    private static Task ExpectAsync(IPage page, string pointer, string value) =>
        page.EvaluateAsync<string>(
                "(pointer) => [...document.querySelectorAll('.view dt')].find((one) => one.textContent === pointer)"
                    + "?.nextElementSibling.querySelector('.value').textContent ?? 'missing'",
                pointer
            )
            .ContinueWith(found => Assert.Equal(value, found.Result), TaskScheduler.Default);
}
