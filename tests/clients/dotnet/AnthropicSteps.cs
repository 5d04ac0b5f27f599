using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Models.Messages;

namespace Gateway.Clients;

/// <summary>The steps of <c>scripts/anthropic.mjs</c>, as far as the package has a call for them outside its betas.</summary>
internal sealed class AnthropicSteps
{
    private const string Model = "claude-sonnet-4-5";

    private static readonly Dictionary<string, JsonElement> City = new()
    {
        ["city"] = JsonSerializer.SerializeToElement(new { type = "string" }),
    };

    private static readonly InputSchema Place = new() { Properties = City, Required = ["city"] };

    private static readonly Tool Weather = new()
    {
        Name = "weather",
        Description = "The weather of a city.",
        InputSchema = Place,
    };

    // It reads ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY by itself.
    private readonly AnthropicClient client = new() { MaxRetries = 0 };

    private static ThinkingConfigEnabled Thinking => new() { BudgetTokens = 2000 };

    public IEnumerable<Step> All =>
        [
            new(
                "message",
                () =>
                    CreateAsync(
                        Say("hello there") with
                        {
                            System = "be kind",
                            Metadata = new() { UserID = "u-1" },
                        }
                    )
            ),
            new("stream", () => StreamAsync(Say("hello there"))),
            new("tool", () => RoundAsync(Say("please use the tool") with { Tools = [Weather] })),
            new(
                "thinking and tool",
                () => RoundAsync(Say("please use the tool") with { Tools = [Weather], MaxTokens = 4000, Thinking = Thinking })
            ),
            new("thinking stream", () => StreamAsync(Say("hello") with { MaxTokens = 4000, Thinking = Thinking })),
            new("bash and editor", () => CreateAsync(Say("hello") with { Tools = [new ToolBash20250124(), new ToolTextEditor20250728()] })),
            new("object", () => CreateAsync(Say("an object") with { OutputConfig = new() { Format = new() { Schema = Place.RawData } } })),
            new("count tokens", CountAsync),
            new("models", async () => Read((await client.Models.List()).Items)),
            new("model", async () => Read(await client.Models.Retrieve(Model))),
            new("unknown model", () => CreateAsync(Say("hello") with { Model = "no-such-model" })),
        ];

    public static async Task AskAsync(string model, string prompt) =>
        await new AnthropicClient { MaxRetries = 0 }.Messages.Create(Say(prompt) with { Model = model });

    private static JsonNode? Read<T>(T value) => JsonSerializer.SerializeToNode(value);

    private static MessageCreateParams Say(string content) =>
        new()
        {
            Model = Model,
            MaxTokens = 64,
            Messages = [new UserMessageParam(content)],
        };

    private async Task<JsonNode?> CreateAsync(MessageCreateParams asked) => Read(await client.Messages.Create(asked));

    private Task<JsonNode?> StreamAsync(MessageCreateParams asked) => Steps.CollectAsync(client.Messages.CreateStreaming(asked), Read);

    /// <summary>A tool call and its second turn.</summary>
    private async Task<JsonNode?> RoundAsync(MessageCreateParams asked)
    {
        var first = await client.Messages.Create(asked);
        var said = first.Content.Select(block => new ContentBlockParam(block.Json)).ToList();
        var id = first.Content.Select(block => block.Value).OfType<ToolUseBlock>().First().ID;
        List<ContentBlockParam> result = [new ToolResultBlockParam(id) { Content = "sunny" }];
        return await CreateAsync(
            asked with
            {
                Messages = [.. asked.Messages, new AssistantMessageParam(said), new UserMessageParam(result)],
            }
        );
    }

    private async Task<JsonNode?> CountAsync() =>
        Read(
            await client.Messages.CountTokens(
                new()
                {
                    Model = Model,
                    Messages = Say("hello there").Messages,
                    System = "be kind",
                }
            )
        );
}
