using Gateway.Cli.Results;

namespace Gateway.Cli.Tests.Results;

public sealed class FailuresTests
{
    [Fact]
    public void AnUnexpectedException_IsOneLine_AndHasItsStackOnlyWhenAskedFor()
    {
        var plain = Failures.ToResult(Thrown(), withStack: false);
        var full = Failures.ToResult(Thrown(), withStack: true);

        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (plain.Exit, full.Exit));
        Assert.DoesNotContain('\n', Assert.Single(plain.Errors).Message);
        Assert.Contains("   at ", Assert.Single(full.Errors).Message, StringComparison.Ordinal);
    }

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidCastException("first\nsecond");
        }
        catch (InvalidCastException e)
        {
            return e;
        }
    }
}
