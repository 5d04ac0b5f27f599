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
    /// <summary>Once these are held, the theory for them loses this; then they can join the tricks.</summary>
    private const string NotYet = "spellings, methods in bodies, charsets and signed lengths are not yet checked so closely";

    /// <summary>Goes with the first run in which both are green.</summary>
    private const string NotCompared =
        "its answers come in several chunks, and were not read rightly: nothing was compared with ASP.NET Core";

    public static TheoryData<string> Plain => [.. Constructs.Plain.Keys];

    public static TheoryData<string> Tricks => [.. Constructs.Tricks.Keys];

    public static TheoryData<string> Later => [.. Constructs.Later.Keys];

    [ExpressTheory]
    [MemberData(nameof(Plain))]
    public Task Express_understands_what_was_judged(string name) => PassAsync("express", Constructs.Plain[name]);

    [ExpressTheory]
    [MemberData(nameof(Tricks))]
    public Task Express_never_understands_anything_else(string name) => HoldAsync("express", Constructs.Tricks[name]);

    [Theory(Skip = NotCompared)]
    [MemberData(nameof(Plain))]
    public Task AspNet_understands_what_was_judged(string name) => PassAsync("aspnet", Constructs.Plain[name]);

    [Theory(Skip = NotCompared)]
    [MemberData(nameof(Tricks))]
    public Task AspNet_never_understands_anything_else(string name) => HoldAsync("aspnet", Constructs.Tricks[name]);

    [PythonTheory]
    [MemberData(nameof(Plain))]
    public Task Python_understands_what_was_judged(string name) => PassAsync("python", Constructs.Plain[name]);

    [PythonTheory]
    [MemberData(nameof(Tricks))]
    public Task Python_never_understands_anything_else(string name) => HoldAsync("python", Constructs.Tricks[name]);

    [Theory(Skip = NotYet)]
    [MemberData(nameof(Later))]
    public async Task None_understands_anything_else_in_spellings(string name)
    {
        foreach (var system in new[] { "express", "aspnet", "python" })
        {
            await HoldAsync(system, Constructs.Later[name]);
        }
    }

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
