using System.Globalization;
using System.Reflection;
using System.Text;
using Gateway.Proxy.Tests.Architecture;
using Gateway.Testing;
using Microsoft.Extensions.Logging;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>The page has every line that is logged. Run once with GATEWAY_WRITE_DOCS=1 to write the table anew.</summary>
public sealed class RunningPageTests
{
    private static readonly IReadOnlyList<LoggerMessageAttribute> Lines =
    [
        .. Product
            .Types.SelectMany(type =>
                type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            )
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(line => line.EventId),
    ];

    [Fact]
    public void Page_ShowsEveryLineOfTheLog()
    {
        var table = new StringBuilder("| event | level | line |\n| --- | --- | --- |\n");
        foreach (var line in Lines)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {line.EventId} | {line.Level} | {line.Message} |\n");
        }

        new GeneratedPage("running.md").AssertShows("log", table.ToString());
    }

    [Fact]
    public void Lines_HaveAnEventOfTheirOwn() => Assert.Equal(Lines.Count, Lines.DistinctBy(line => line.EventId).Count());
}
