using System.Text;
using Gateway.Policy.Model;
using Gateway.Proxy.Approvals;
using Gateway.Proxy.Tests.Decisions;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>An approval is of an action, whatever message asks for it.</summary>
public sealed class ApprovalBindingTests
{
    private static readonly Intent Call = JudgedChat.Intent with
    {
        Door = Door.Mcp,
        McpMethod = "tools/call",
        McpName = "search",
        Definition = Sha256Digest.Compute("{}"u8),
        Arguments = "{\"path\":\"/a\"}"u8.ToArray(),
        Target = JudgedChat.Intent.Target with { Content = Sha256Digest.Compute("1"u8) },
    };

    [Fact]
    public void Mcp_call_in_another_message_is_the_same()
    {
        var again = Call with
        {
            Session = "another",
            Target = Call.Target with { Content = Sha256Digest.Compute("2"u8), Headers = Sha256Digest.Compute("3"u8) },
        };

        Assert.Equal(DigestOf(Call), DigestOf(again));
    }

    [Fact]
    public void Mcp_call_of_something_else_is_another() =>
        Assert.All(
            [
                Call with
                {
                    McpMethod = "prompts/get",
                },
                Call with
                {
                    McpName = "remove",
                },
                Call with
                {
                    Definition = Sha256Digest.Compute("{ }"u8),
                },
                Call with
                {
                    Definition = null,
                },
                Call with
                {
                    Arguments = Encoding.UTF8.GetBytes("{\"path\":\"/b\"}"),
                },
                Call with
                {
                    Target = Call.Target with { PathAndQuery = "/other" },
                },
            ],
            other => Assert.NotEqual(DigestOf(Call), DigestOf(other))
        );

    [Fact]
    public void Other_doors_call_counts_with_its_whole_content() =>
        Assert.NotEqual(
            DigestOf(JudgedChat.Intent),
            DigestOf(JudgedChat.Intent with { Target = JudgedChat.Intent.Target with { Content = Sha256Digest.Compute("2"u8) } })
        );

    private static Sha256Digest DigestOf(Intent intent) =>
        ApprovalBinding.DigestOf(JudgedChat.Judgement(Verdict.RequireApproval, intent: intent));
}
