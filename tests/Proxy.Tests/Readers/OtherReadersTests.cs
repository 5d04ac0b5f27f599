using System.Text;
using System.Text.Json;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Readers;

/// <summary>
/// What Gateway lets through is understood by the system behind it as Gateway judged it, whatever that system is written with; what would
/// be understood otherwise doesn't get there.
/// </summary>
public sealed class OtherReadersTests(ReadersBehind behind) : IClassFixture<ReadersBehind>
{
    public static TheoryData<string> Plain => [.. Constructs.Plain.Keys];

    public static TheoryData<string> Tricks => [.. Constructs.Tricks.Keys];

    public static TheoryData<string> Later => [.. Constructs.Later.Keys];

    [ExpressTheory]
    [MemberData(nameof(Plain))]
    public Task Express_understands_what_was_judged(string name) => PassAsync("express", Constructs.Plain[name]);

    [ExpressTheory]
    [MemberData(nameof(Tricks))]
    public Task Express_never_understands_anything_else(string name) => HoldAsync("express", Constructs.Tricks[name]);

    [Theory]
    [MemberData(nameof(Plain))]
    public Task AspNet_understands_what_was_judged(string name) => PassAsync("aspnet", Constructs.Plain[name]);

    [Theory]
    [MemberData(nameof(Tricks))]
    public Task AspNet_never_understands_anything_else(string name) => HoldAsync("aspnet", Constructs.Tricks[name]);

    [PythonTheory]
    [MemberData(nameof(Plain))]
    public Task Python_understands_what_was_judged(string name) => PassAsync("python", Constructs.Plain[name]);

    [PythonTheory]
    [MemberData(nameof(Tricks))]
    public Task Python_never_understands_anything_else(string name) => HoldAsync("python", Constructs.Tricks[name]);

    [ExpressTheory]
    [MemberData(nameof(Later))]
    public Task Express_understands_nothing_else_in_spellings(string name) => HoldAsync("express", Constructs.Later[name]);

    [Theory]
    [MemberData(nameof(Later))]
    public Task AspNet_understands_nothing_else_in_spellings(string name) => HoldAsync("aspnet", Constructs.Later[name]);

    [PythonTheory]
    [MemberData(nameof(Later))]
    public Task Python_understands_nothing_else_in_spellings(string name) => HoldAsync("python", Constructs.Later[name]);

    private async Task PassAsync(string system, Construct construct)
    {
        var answer = await behind.SendAsync(system, construct);
        Assert.True(answer.Status == 200, answer.Text);
        AssertAsJudged(construct, answer);
    }

    /// <summary>Refused by Gateway, refused by the system itself, or understood as judged.</summary>
    private async Task HoldAsync(string system, Construct construct)
    {
        var answer = await behind.SendAsync(system, construct);
        if (answer.Header("Gateway-Decision") != "allow")
        {
            Assert.InRange(answer.Status, 400, 499);
        }
        else if (answer.Status < 300)
        {
            AssertAsJudged(construct, answer);
        }
    }

    private void AssertAsJudged(Construct construct, RawAnswer answer)
    {
        var decision = Recorded.Find(behind.Gateway.JournalPath, answer.Header("Gateway-Decision-Id")!).Decision!.Value;
        using var said = JsonDocument.Parse(Unchunked(answer));
        construct.Judged(decision.GetProperty("operation").GetString()!.Split('/')[^1]).AssertSame(Reading.Of(said.RootElement));
    }

    /// <summary>The one object that an answer holds, in chunks or not. Answers are read byte by byte.</summary>
    private static string Unchunked(RawAnswer answer) =>
        Encoding.UTF8.GetString(
            Encoding.Latin1.GetBytes(
                answer.HasHeader("Transfer-Encoding")
                    ? string.Concat(answer.Body.Split("\r\n").Where((_, line) => line % 2 == 1))
                    : answer.Body
            )
        );
}
