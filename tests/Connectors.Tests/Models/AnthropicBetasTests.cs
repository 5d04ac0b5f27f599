using Gateway.Connectors.Models;

namespace Gateway.Connectors.Tests.Models;

public sealed class AnthropicBetasTests
{
    [Theory]
    [InlineData("interleaved-thinking-2025-05-14", "interleaved-thinking-2025-05-14", "")]
    [InlineData("claude-code-20250219, context-1m-2025-08-07", "claude-code-20250219,context-1m-2025-08-07", "")]
    [InlineData("interleaved-thinking-2031-01-01", "interleaved-thinking-2031-01-01", "")]
    [InlineData("files-api-2025-04-14,compact-2026-01-12,brand-new-2027-01-01", "compact-2026-01-12", "files-api,brand-new")]
    [InlineData("code-execution-2025-08-25", "", "code-execution")]
    [InlineData("mcp-client-2025-11-20,web-fetch-2025-09-10", "mcp-client-2025-11-20,web-fetch-2025-09-10", "")]
    [InlineData("server-side-fallback-2026-06-01,Compact-2026-01-12", "", "server-side-fallback,Compact")]
    [InlineData(" , ,", "", "")]
    public void Features_go_on_where_they_open_nothing_that_is_not_listed(string asked, string passed, string dropped)
    {
        var told = new List<string>();

        Assert.Equal(passed, AnthropicBetas.Passed(asked, ["mcp_servers", "web_fetch_20250910"], told));
        Assert.Equal(dropped, string.Join(',', told));
    }
}
