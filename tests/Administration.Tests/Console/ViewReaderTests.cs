using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Gateway.Administration.Tests.Console;

/// <summary>The page's own reader of JSON, and its marks, held to .NET's reader and to every character that there is.</summary>
public sealed class ViewReaderTests(Chromium chromium) : ConsoleStory(chromium)
{
    private const string Seed = "a 1,\"\\{}[]:e+-.0tnuf\u202e";

    [ChromiumFact]
    public async Task Reader_TakesWhatIsJson_AndNothingElse()
    {
        var texts = new List<string>
        {
            "",
            " ",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "-",
            "\"\t\"",
            "\"\\x\"",
            "\"\\u12\"",
            "[1,]",
            "{\"a\":1,}",
            "nul",
            "[1] 2",
        };
        texts.AddRange([
            "{\"a\":1,\"b\":[true,null,\"\\ud83d\\ude00\"]}",
            " [ ] ",
            "{ }",
            "1e400",
            "-0.00",
            "\"\\/\\b\\f\\n\\r\\t\"",
            "\"\\u0000\"",
        ]);
        var good = texts.Where(IsJson).ToList();
        foreach (var text in good)
        {
            for (var at = 0; at <= text.Length; at++)
            {
                texts.AddRange(Seed.Select(letter => text.Insert(at, letter.ToString())));
                texts.Add(at < text.Length ? text.Remove(at, 1) : text);
            }
        }

        var page = await PageAsync();
        var taken = await page.EvaluateAsync<bool[]>(
            "async (texts) => { const { readJson } = await import('/console/view.js');"
                + " return texts.map((text) => { try { readJson(text); return true; } catch { return false; } }); }",
            texts
        );

        Assert.Empty(texts.Where((text, index) => taken[index] != IsJson(text)));
    }

    [ChromiumFact]
    public async Task Reader_KeepsNumbersAsTheyStand_AndRefusesTwoMembersOfOneName()
    {
        var page = await PageAsync();
        Assert.Equal(
            ["1e400", "-0.0", "123456789012345678901234567890", "0.10"],
            await page.EvaluateAsync<string[]>(
                "async (text) => (await import('/console/view.js')).readJson(text).items.map((one) => one.text)",
                "[1e400,-0.0,123456789012345678901234567890,0.10]"
            )
        );
        Assert.Contains(
            "Two members have one name",
            await page.EvaluateAsync<string>(
                "async (text) => { try { (await import('/console/view.js')).readJson(text); } catch (error) { return error.message; } }",
                """{"a":1,"\u0061":2}"""
            ),
            StringComparison.Ordinal
        );
    }

    [ChromiumFact]
    public async Task EveryCharacterThatOneWouldNotSee_IsSpeltOut()
    {
        var page = await PageAsync();
        var seen = await page.EvaluateAsync<int[]>(
            "async () => { const { partsOf } = await import('/console/view.js'); const seen = [];"
                + " for (let code = 0; code <= 0x10ffff; code++)"
                + " if (partsOf('a' + String.fromCodePoint(code) + 'b').length === 1) seen.push(code); return seen; }"
        );

        UnicodeCategory[] hidden =
        [
            UnicodeCategory.Control,
            UnicodeCategory.Format,
            UnicodeCategory.LineSeparator,
            UnicodeCategory.ParagraphSeparator,
            UnicodeCategory.Surrogate,
            UnicodeCategory.PrivateUse,
        ];
        Assert.DoesNotContain(seen, code => hidden.Contains(CharUnicodeInfo.GetUnicodeCategory(code)));
        Assert.DoesNotContain(seen, code => code is 0x3164 or 0xFE0F or 0x00A0 or 0x2800 or 0xE0100 or 0x0378);
        Assert.Empty(new[] { 0x20, 'a', 0xE9, 0x4E2D, 0x5D0, 0x1F600 }.Except(seen));
    }

    private async Task<IPage> PageAsync()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/console/approvals");
        return page;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 512, AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
