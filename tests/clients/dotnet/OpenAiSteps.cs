using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;
using OpenAI.Moderations;
using OpenAI.Responses;

namespace Gateway.Clients;

/// <summary>The steps of <c>scripts/openai.mjs</c>, as far as the package has a call for them.</summary>
internal sealed class OpenAiSteps
{
    private const string Model = "gpt-4o-mini";
    private const string Reasoner = "gpt-5-mini";

    private static readonly BinaryData Place = BinaryData.FromString(
        """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""
    );

    private readonly OpenAIClient client;
    private readonly ResponsesClient responses;
    private ResponseResult? stored;

    public OpenAiSteps(IConfiguration settings)
    {
        // The package reads no base URL from the environment.
        var key = new ApiKeyCredential(settings["OPENAI_API_KEY"]!);
        var url = new Uri(settings["OPENAI_BASE_URL"]!);
        client = new OpenAIClient(key, new OpenAIClientOptions { Endpoint = url, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
        responses = new ResponsesClient(
            key,
            new ResponsesClientOptions { Endpoint = url, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) }
        );
    }

    public IEnumerable<Step> All =>
        [
            new("chat", () => ChatAsync("hello there", new() { Temperature = 0.2f, EndUserId = "u-1" })),
            new("chat stream", () => Steps.CollectAsync(Chat().CompleteChatStreamingAsync(Say("hello there")), Read)),
            new("chat stored", () => ChatAsync("hello", new() { StoredOutputEnabled = true, Metadata = { ["a"] = "b" } })),
            new("chat tool", ChatToolAsync),
            new("chat object", () => ChatAsync("an object", new() { ResponseFormat = Format() })),
            new("responses", () => RespondAsync(Ask("hello there", stored: false))),
            new("responses stored", async () => Read(stored = await responses.CreateResponseAsync(Ask("hello there")))),
            new("responses stream", StreamAsync),
            new("responses tool, encrypted", EncryptedToolAsync),
            new("responses tool, previous", PreviousToolAsync),
            new("responses retrieve", async () => Read((await responses.GetResponseAsync(stored!.Id)).Value)),
            new("responses input items", () => Steps.CollectAsync(responses.GetResponseInputItemsAsync(stored!.Id), Read)),
            new("responses background", BackgroundAsync),
            new("responses cancel", async () => Read((await responses.CancelResponseAsync(stored!.Id)).Value)),
            new("responses delete", async () => Read((await responses.DeleteResponseAsync(stored!.Id)).Value)),
            new("embeddings", EmbedAsync),
            new("models", async () => Read((await Models().GetModelsAsync()).Value)),
            new("model", async () => Read((await Models().GetModelAsync(Model)).Value)),
            new("moderations", async () => Read((await Moderations().ClassifyTextAsync("hello")).Value)),
            new("unknown model", async () => Read((await Chat("no-such-model").CompleteChatAsync(Say("hello"))).Value)),
        ];

    public async Task AskAsync(string model, string prompt) => await Chat(model).CompleteChatAsync(Say(prompt));

    private static JsonNode? Read(object? value) => value is null ? null : JsonNode.Parse(ModelReaderWriter.Write(value));

    private static List<ChatMessage> Say(string content) => [new UserChatMessage(content)];

    private static ChatResponseFormat Format() => ChatResponseFormat.CreateJsonSchemaFormat("place", Place, jsonSchemaIsStrict: true);

    private static CreateResponseOptions Ask(string input, bool? stored = null, bool tool = false)
    {
        var asked = new CreateResponseOptions(Reasoner, [ResponseItem.CreateUserMessageItem(input)])
        {
            ReasoningOptions = new() { ReasoningEffortLevel = ResponseReasoningEffortLevel.Low },
            StoredOutputEnabled = stored,
        };
        if (tool)
        {
            asked.Tools.Add(ResponseTool.CreateFunctionTool("weather", Place, strictModeEnabled: true));
        }

        return asked;
    }

    private static FunctionCallOutputResponseItem Answer(ResponseResult first) =>
        ResponseItem.CreateFunctionCallOutputItem(first.OutputItems.OfType<FunctionCallResponseItem>().First().CallId, "sunny");

    private ChatClient Chat(string model = Model) => client.GetChatClient(model);

    private OpenAIModelClient Models() => client.GetOpenAIModelClient();

    private ModerationClient Moderations() => client.GetModerationClient("omni-moderation-latest");

    private async Task<JsonNode?> ChatAsync(string content, ChatCompletionOptions options) =>
        Read((await Chat().CompleteChatAsync(Say(content), options)).Value);

    private async Task<JsonNode?> RespondAsync(CreateResponseOptions asked) => Read((await responses.CreateResponseAsync(asked)).Value);

    private async Task<JsonNode?> ChatToolAsync()
    {
        var messages = Say("please use the tool");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("weather", functionParameters: Place) } };
        ChatCompletion first = await Chat().CompleteChatAsync(messages, options);
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage(first.ToolCalls[0].Id, "sunny"));
        return Read((await Chat().CompleteChatAsync(messages, options)).Value);
    }

    private async Task<JsonNode?> StreamAsync()
    {
        var asked = Ask("hello there");
        asked.StreamingEnabled = true;
        return await Steps.CollectAsync(await responses.CreateResponseStreamingAsync(asked), Read);
    }

    private async Task<JsonNode?> EncryptedToolAsync()
    {
        var asked = Ask("please use the tool", stored: false, tool: true);
        asked.IncludedProperties.Add(IncludedResponseProperty.ReasoningEncryptedContent);
        ResponseResult first = await responses.CreateResponseAsync(asked);
        foreach (var item in first.OutputItems.Append(Answer(first)))
        {
            asked.InputItems.Add(item);
        }

        return await RespondAsync(asked);
    }

    private async Task<JsonNode?> PreviousToolAsync()
    {
        ResponseResult first = await responses.CreateResponseAsync(Ask("please use the tool", tool: true));
        var next = Ask("", tool: true);
        next.InputItems.Clear();
        next.InputItems.Add(Answer(first));
        next.PreviousResponseId = first.Id;
        return await RespondAsync(next);
    }

    private async Task<JsonNode?> BackgroundAsync()
    {
        var asked = Ask("hello");
        asked.BackgroundModeEnabled = true;
        return Read(stored = await responses.CreateResponseAsync(asked));
    }

    private async Task<JsonNode?> EmbedAsync()
    {
        var options = new EmbeddingGenerationOptions { Dimensions = 4 };
        var answer = await client.GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddingsAsync(["one", "two"], options);
        return new JsonArray([.. answer.Value.Select(one => new JsonArray([.. one.ToFloats().ToArray().Select(part => (JsonNode)part)]))]);
    }
}
