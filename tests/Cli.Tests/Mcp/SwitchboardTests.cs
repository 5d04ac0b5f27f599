using System.Text;
using Gateway.Cli.Bridging;

namespace Gateway.Cli.Tests.Mcp;

/// <summary>Which of a program's messages goes where.</summary>
public sealed class SwitchboardTests
{
    private const string Changed = """{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""";
    private const string Question = """{"jsonrpc":"2.0","id":1,"method":"roots/list"}""";

    private readonly Switchboard _board = new();

    [Fact]
    public void MessageAfterTheListenerLeft_WaitsForTheNextCall()
    {
        _board.Listen()!.Close();
        Assert.Null(_board.Find(Read(Changed), out var isKept));
        Assert.True(isKept);
        Assert.Single(Begin(1).Outlet.First);
        Assert.Empty(Begin(2).Outlet.First);
    }

    [Fact]
    public void Question_GoesToTheNewestCallThatTakesEvents_AndAChangeToWhoListens()
    {
        var listener = _board.Listen();
        var (_, second) = (Begin(1), Begin(2));
        Begin(3, takesEvents: false);
        Assert.Same(second.Outlet, _board.Find(Read(Question), out _));
        Assert.Same(listener, _board.Find(Read(Changed), out _));
    }

    [Fact]
    public void Progress_GoesToItsCall_AndToNobodyElse()
    {
        var (first, _) = (Begin(1), Begin(2));
        Assert.Same(first.Outlet, _board.Find(Progress(1), out _));
        Assert.Null(_board.Find(Progress(9), out var isKept));
        Assert.False(isKept);
    }

    [Fact]
    public void Backlog_IsBounded()
    {
        var kept = 0;
        for (var i = 0; i < 1000; i++)
        {
            _board.Find(Read(Changed), out var isKept);
            kept += isKept ? 1 : 0;
        }

        Assert.Equal(64, kept);
        Assert.Equal(64, _board.Listen()!.First.Count);
    }

    [Fact]
    public void Calls_AreBounded_AndAnIdIsUsedOnceAtATime()
    {
        Begin(1);
        Assert.Equal(CallStart.IdInUse, Try(1));
        Assert.NotNull(_board.Answered(Read("""{"jsonrpc":"2.0","id":1,"result":{}}""")));
        Assert.Null(_board.Answered(Read("""{"jsonrpc":"2.0","id":"1","result":{}}""")));
        for (var id = 1; id <= 64; id++)
        {
            Assert.Equal(CallStart.Begun, Try(id));
        }

        Assert.Equal(CallStart.TooMany, Try(65));
        _board.End("over");
        Assert.Equal(CallStart.Ended, Try(66));
        Assert.Null(_board.Listen());
    }

    private CallStart Try(int id) => _board.TryBegin(Request(id), takesEvents: true, 0, out _);

    private Call Begin(int id, bool takesEvents = true)
    {
        Assert.Equal(CallStart.Begun, _board.TryBegin(Request(id), takesEvents, 0, out var call));
        return call;
    }

    private static RpcMessage Request(int id) =>
        Read($$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"_meta":{"progressToken":{{{id}}} } } }""");

    private static RpcMessage Progress(int token) =>
        Read($$$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{{token}}},"progress":1} }""");

    private static RpcMessage Read(string text) => RpcMessage.Read(Encoding.UTF8.GetBytes(text))!;
}
