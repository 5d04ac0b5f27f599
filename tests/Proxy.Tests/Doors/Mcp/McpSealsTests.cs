using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>States and tasks come back from the agent that they were given to, for the call that they came of, and no other.</summary>
public sealed class McpSealsTests(McpDoorFixture door) : IClassFixture<McpDoorFixture>
{
    private const string Answers = ""","inputResponses":{"confirm":{"action":"accept","content":{"ok":true}}},"requestState":""";

    [McpKitFact]
    public async Task State_of_a_call_comes_back_with_the_same_call_of_the_same_agent_only()
    {
        var asked = await door.Client.CallAsync("test_input_required_result_request_state");
        var state = asked.Result.GetProperty("requestState").GetString()!;

        var again = await door.Client.CallAsync(
            "test_input_required_result_request_state",
            more: Answers + JsonSerializer.Serialize(state)
        );
        Assert.Equal("state-ok", again.Content);

        var others = await door.Other.CallAsync(
            "test_input_required_result_request_state",
            more: Answers + JsonSerializer.Serialize(state)
        );
        Assert.Equal(-32602, others.Code);
        var changed = await door.Client.CallAsync(
            "test_input_required_result_request_state",
            more: Answers + JsonSerializer.Serialize(state[..^1] + (state[^1] == 'A' ? 'E' : 'A'))
        );
        Assert.Equal(-32602, changed.Code);
        var elsewhere = await door.Client.CallAsync(
            "test_input_required_result_tampered_state",
            more: Answers + JsonSerializer.Serialize(state)
        );
        Assert.Equal(-32602, elsewhere.Code);
        var otherArguments = await door.Client.CallAsync(
            "test_input_required_result_request_state",
            """{"a":1}""",
            Answers + JsonSerializer.Serialize(state)
        );
        Assert.Equal(-32602, otherArguments.Code);
    }

    [McpKitFact]
    public async Task Task_of_a_call_is_asked_for_by_its_agent_only()
    {
        var made = await door.Client.CallAsync("slow_compute", """{"seconds":0.1,"label":"x"}""");
        var task = made.Result.GetProperty("taskId").GetString()!;

        var own = await door.Client.ModernAsync("tasks/get", $"\"taskId\":\"{task}\"", task);
        var others = await door.Other.ModernAsync("tasks/get", $"\"taskId\":\"{task}\"", task);
        var servers = await door.Client.ModernAsync(
            "tasks/get",
            "\"taskId\":\"2b0c6a46-1b2c-4c5d-8e9f-000000000000\"",
            "2b0c6a46-1b2c-4c5d-8e9f-000000000000"
        );

        Assert.Equal(task, own.Result.GetProperty("taskId").GetString());
        Assert.Equal(-32602, others.Code);
        Assert.Equal(-32602, servers.Code);
    }
}
