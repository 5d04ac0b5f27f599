using System.Diagnostics;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Tests.Contracts;

/// <summary>Who changes something is who logged in, or both where somebody became another.</summary>
public sealed class ChangeOriginTests
{
    [Theory]
    [InlineData("cleo", 1000u, 1000u, "os:cleo")]
    [InlineData("root", 1000u, 0u, "os:root (login 1000)")]
    [InlineData("dora", 1000u, 1001u, "os:dora (login 1000)")]
    [InlineData("cleo", 1000u, null, "os:cleo (login 1000)")]
    [InlineData("cleo", uint.MaxValue, 1000u, "os:cleo")]
    [InlineData("cleo", null, 1000u, "os:cleo")]
    [InlineData("", null, null, "os:unnamed")]
    public void User_IsNamedWithTheLoginWhereThatIsAnother(string name, uint? login, uint? own, string expected) =>
        Assert.Equal(expected, ChangeOrigin.UserOf(name, login, own));

    [Fact]
    public void Process_KnowsItsOwnNumber()
    {
        using var id = Process.Start(new ProcessStartInfo("id", "-u") { RedirectStandardOutput = true })!;

        Assert.Equal(id.StandardOutput.ReadToEnd().Trim(), ChangeOrigin.Own()?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
