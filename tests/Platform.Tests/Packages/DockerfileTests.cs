using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

public sealed class DockerfileTests
{
    private static readonly string[] Steps =
    [
        .. File.ReadAllText(Path.Combine(Repository.Root, "deploy", "image", "Dockerfile"))
            .Replace("\\\n", "", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')),
    ];

    [Fact]
    public void Image_IsOneStageOnABaseThatCanBeNamed_AndRunsNothingWhileItIsBuilt()
    {
        Assert.StartsWith("ARG BASE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra", Steps[0], StringComparison.Ordinal);
        Assert.Equal(["FROM ${BASE}"], Steps.Where(step => step.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.DoesNotContain(Steps, step => step.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.DoesNotContain(Steps, step => step.StartsWith("ADD ", StringComparison.Ordinal));
    }

    [Fact]
    public void Image_RunsAsNobodyKnownToTheMachine_AndServesUnlessItIsToldOtherwise()
    {
        // By number: a cluster that demands who isn't root can't know it of a name.
        Assert.Equal("USER 65532:65532", Assert.Single(Steps, step => step.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Equal(
            "ENTRYPOINT [\"/app/gateway\"]",
            Assert.Single(Steps, step => step.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))
        );
        Assert.Equal("CMD [\"serve\"]", Assert.Single(Steps, step => step.StartsWith("CMD ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ASPNETCORE_HTTP_PORTS=\"\"")]
    [InlineData("DOTNET_EnableDiagnostics=0")]
    public void Image_UndoesWhatItsBaseOpens(string variable) =>
        Assert.Contains(variable, Assert.Single(Steps, step => step.StartsWith("ENV ", StringComparison.Ordinal)).Split(' '));
}
