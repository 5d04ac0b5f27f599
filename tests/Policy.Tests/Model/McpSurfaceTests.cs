using System.Text;
using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Model;

public sealed class McpSurfaceTests
{
    private static readonly McpSurface Surface = Governance
        .Connector(
            "type: mcp\nbaseAddress: https://x.example/mcp\nenvironment: test\noperations:\n"
                + "- {name: search, tool: Search, action: read, risk: low}\n"
                + "- {name: search-small, tool: search, action: read, risk: low}\n"
                + "- {name: greet, prompt: grüßen, risk: low}\n"
                + "- {name: one, resource: 'test://docs/one', risk: low}\n"
                + "- {name: rows, resource: 'test://rows/*/raw', risk: low}\n"
                + "- {name: many, resource: 'test://files/**', risk: low}\n"
        )
        .Mcp!;

    [Theory]
    [InlineData("Search", "search")]
    [InlineData("search", "search-small")]
    [InlineData("SEARCH", null)]
    [InlineData("Search ", null)]
    [InlineData("", null)]
    [InlineData("grüßen", null)]
    public void Tool_IsFoundByItsExactName(string name, string? operation)
    {
        Assert.Equal(operation, Surface.Tool(name)?.Id.ToString());
        Assert.Equal(operation, Surface.Tool(Encoding.UTF8.GetBytes(name))?.Id.ToString());
    }

    [Theory]
    [InlineData("grüßen", "greet")]
    [InlineData("gru\u0308ßen", null)]
    [InlineData("Search", null)]
    public void Prompt_IsFoundByItsExactName(string name, string? operation)
    {
        Assert.Equal(operation, Surface.Prompt(name)?.Id.ToString());
        Assert.Equal(operation, Surface.Prompt(Encoding.UTF8.GetBytes(name))?.Id.ToString());
    }

    [Theory]
    [InlineData("test://docs/one", "one")]
    [InlineData("test://files/a/b", "many")]
    [InlineData("test://files/../docs/one", null)]
    [InlineData("test://docs/two", null)]
    public void Resource_IsFoundByTheOnlyPatternThatFits(string address, string? operation)
    {
        Assert.Equal(operation, Surface.Resource(address)?.Id.ToString());
        Assert.Equal(operation, Surface.Resource(Encoding.UTF8.GetBytes(address))?.Id.ToString());
    }

    [Theory]
    [InlineData("test://files/{name}", "many")]
    [InlineData("test://files/{dir}/{name}.txt", "many")]
    [InlineData("test://files/{+path}", "many")]
    [InlineData("test://files/{path*}", "many")]
    [InlineData("test://rows/{id}/raw", "rows")]
    [InlineData("test://rows/{+id}/raw", null)]
    [InlineData("test://rows/{id}/{form}", null)]
    [InlineData("test://{+path}", null)]
    [InlineData("test://files/{name}{?page}", null)]
    [InlineData("test://files/{name}?page={page}", null)]
    [InlineData("test://files/{a}{b}", "many")]
    [InlineData("test://files/{a}-{b}", null)]
    [InlineData("test://files/{a,b}", null)]
    [InlineData("test://files{/name}", null)]
    [InlineData("test://files/{#name}", null)]
    [InlineData("test://files/../{name}", null)]
    [InlineData("test://files/*", null)]
    [InlineData("test://files/*}", null)]
    [InlineData("test://files/{}", null)]
    [InlineData("test://files/{", null)]
    [InlineData("test://files/}{", null)]
    [InlineData("test://files/a", null)]
    [InlineData("", null)]
    public void Template_IsThatOfTheOperationThatFitsAllOfIt(string template, string? operation) =>
        Assert.Equal(operation, Surface.Template(template)?.Id.ToString());

    [Fact]
    public void Name_ThatIsNoUtf8OrTooLong_IsFoundNowhere()
    {
        Assert.Null(Surface.Tool([0x53, 0xff]));
        Assert.Null(Surface.Prompt(new byte[100_000]));
        Assert.Null(Surface.Resource(new byte[100_000]));
    }

    [Fact]
    public void Lookup_AllocatesNothing()
    {
        var (tool, prompt, address) = ("Search"u8.ToArray(), "grüßen"u8.ToArray(), "test://files/a%20b"u8.ToArray());
        var found = 0;
        for (var i = 0; i < 100; i++)
        {
            found += Find(tool, prompt, address);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            found += Find(tool, prompt, address);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(3300, found);
    }

    [Theory]
    [InlineData(DeploymentEnvironment.Unspecified, true)]
    [InlineData(DeploymentEnvironment.Development, false)]
    [InlineData(DeploymentEnvironment.Test, false)]
    [InlineData(DeploymentEnvironment.Staging, true)]
    [InlineData(DeploymentEnvironment.Production, true)]
    public void Pin_IsNeededUnlessTheEnvironmentIsForTrying(DeploymentEnvironment environment, bool isNeeded) =>
        Assert.Equal(isNeeded, McpSurface.NeedsPin(environment));

    [Fact]
    public void Surface_WithoutItsBuiltInOperations_IsNone() => Assert.Throws<ArgumentException>(() => new McpSurface([]));

    private static int Find(byte[] tool, byte[] prompt, byte[] address) =>
        (Surface.Tool(tool) is null ? 0 : 1) + (Surface.Prompt(prompt) is null ? 0 : 1) + (Surface.Resource(address) is null ? 0 : 1);
}
