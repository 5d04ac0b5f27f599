using Gateway.Connectors.Json;
using static Gateway.Connectors.Models.DialectTables;

namespace Gateway.Connectors.Models;

/// <summary>
/// The OpenAI dialect's requests. The fields are those of the public API reference as the official client types (openai 6.49)
/// have them.
/// </summary>
internal static class OpenAiDialects
{
    private static readonly NameTable<NestedMeaning> Content = Table(
        (NestedMeaning.State, "file_id file_ids container_id vector_store_ids skill_id"),
        (NestedMeaning.StateIfText, "container"),
        (NestedMeaning.Free, "arguments annotations"),
        (NestedMeaning.Media, "data file_data image_url url"),
        (NestedMeaning.Tools, "tools"),
        (NestedMeaning.Kind, "type")
    );

    // A chat message's `audio` is the id of an earlier answer.
    private static readonly NameTable<NestedMeaning> ChatContent = Table(
        (NestedMeaning.State, "file_id file_ids container_id vector_store_ids skill_id audio"),
        (NestedMeaning.StateIfText, "container"),
        (NestedMeaning.Free, "arguments annotations"),
        (NestedMeaning.Media, "data file_data image_url url"),
        (NestedMeaning.Tools, "tools"),
        (NestedMeaning.Kind, "type")
    );

    private static readonly NameTable<NestedMeaning> Tools = Table(
        (NestedMeaning.State, "file_id file_ids container_id vector_store_ids skill_id connector_id tunnel_id"),
        (NestedMeaning.StateIfText, "container"),
        (NestedMeaning.Credentials, "authorization headers domain_secrets"),
        (NestedMeaning.Free, "parameters input_schema output_schema annotations"),
        (NestedMeaning.Media, "data"),
        (NestedMeaning.Tools, "tools")
    );

    private static readonly IReadOnlyList<Literal> RefusedKinds = [new("item_reference"), new("image_file")];

    // What the API takes where the body names none (the official client's types, openai 6.49).
    private const string ModerationModel = "omni-moderation-latest";

    // A namespace only groups tools, each of which is looked at.
    private static readonly IReadOnlyList<Literal> CallersTools =
    [
        new("function"),
        new("custom"),
        new("namespace"),
        new("local_shell"),
        new("apply_patch"),
        new("computer"),
        new("computer_use_preview"),
    ];

    /// <summary>What all of them have alike.</summary>
    private static ModelDialect Of(NameTable<FieldMeaning> fields) =>
        new()
        {
            Fields = fields,
            Content = Content,
            Tools = Tools,
            RefusedKinds = RefusedKinds,
            CallersTools = CallersTools,
        };

    public static ModelDialect Chat { get; } =
        Of(
            Table(
                (FieldMeaning.Model, "model"),
                (FieldMeaning.Content, "messages"),
                (FieldMeaning.Prediction, "prediction"),
                (FieldMeaning.Effort, "reasoning_effort"),
                (FieldMeaning.MaxTokens, "max_tokens max_completion_tokens"),
                (FieldMeaning.Choices, "n"),
                (FieldMeaning.Stream, "stream"),
                (FieldMeaning.StreamOptions, "stream_options"),
                (FieldMeaning.Tools, "tools"),
                (FieldMeaning.WebSearch, "web_search_options"),
                (FieldMeaning.Store, "store"),
                (FieldMeaning.Plain, "audio frequency_penalty function_call functions logit_bias logprobs metadata modalities moderation"),
                (FieldMeaning.Plain, "parallel_tool_calls presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention"),
                (FieldMeaning.Plain, "response_format safety_identifier seed service_tier stop temperature tool_choice"),
                (FieldMeaning.Plain, "top_logprobs top_p user verbosity")
            )
        ) with
        {
            Content = ChatContent,
            ToolsHaveTypes = true,
            LeastMaxTokens = 1,
            MayThinkUnasked = MayThink,
            MaxTokensField = "max_completion_tokens",
            StreamUsageIsAsked = true,
        };

    public static ModelDialect Responses { get; } =
        Of(
            Table(
                (FieldMeaning.Model, "model"),
                (FieldMeaning.Items, "input"),
                (FieldMeaning.Content, "instructions"),
                (FieldMeaning.MaxTokens, "max_output_tokens"),
                (FieldMeaning.Stream, "stream"),
                (FieldMeaning.StreamOptions, "stream_options"),
                (FieldMeaning.Tools, "tools"),
                (FieldMeaning.Store, "store"),
                (FieldMeaning.Background, "background"),
                (FieldMeaning.Reasoning, "reasoning"),
                (FieldMeaning.Compaction, "context_management"),
                (FieldMeaning.Reference, "previous_response_id"),
                (FieldMeaning.Conversation, "conversation"),
                (FieldMeaning.State, "prompt"),
                (FieldMeaning.Plain, "include max_tool_calls metadata moderation parallel_tool_calls prompt_cache_key"),
                (FieldMeaning.Plain, "prompt_cache_options prompt_cache_retention safety_identifier service_tier temperature text"),
                (FieldMeaning.Plain, "tool_choice top_logprobs top_p truncation user")
            )
        ) with
        {
            ToolsHaveTypes = true,
            LeastMaxTokens = 1,
            MayThinkUnasked = MayThink,
            MaxTokensField = "max_output_tokens",
            StoresUnlessTold = true,
        };

    public static ModelDialect Completions { get; } =
        Of(
            Table(
                (FieldMeaning.Model, "model"),
                (FieldMeaning.Prompts, "prompt"),
                (FieldMeaning.MaxTokens, "max_tokens"),
                (FieldMeaning.Choices, "n best_of"),
                (FieldMeaning.Echo, "echo"),
                (FieldMeaning.Stream, "stream"),
                (FieldMeaning.StreamOptions, "stream_options"),
                (FieldMeaning.Plain, "frequency_penalty logit_bias logprobs presence_penalty seed stop suffix temperature top_p user")
            )
        ) with
        {
            MaxTokensField = "max_tokens",
            StreamUsageIsAsked = true,
        };

    public static ModelDialect Embeddings { get; } =
        Of(Table((FieldMeaning.Model, "model"), (FieldMeaning.Content, "input"), (FieldMeaning.Plain, "dimensions encoding_format user")));

    public static ModelDialect InputTokens { get; } =
        Of(
            Table(
                (FieldMeaning.Model, "model"),
                (FieldMeaning.Items, "input"),
                (FieldMeaning.Content, "instructions"),
                (FieldMeaning.Tools, "tools"),
                (FieldMeaning.Reference, "previous_response_id"),
                (FieldMeaning.Conversation, "conversation"),
                (FieldMeaning.Plain, "parallel_tool_calls personality reasoning text tool_choice truncation")
            )
        ) with
        {
            ToolsHaveTypes = true,
            IsFree = true,
        };

    public static ModelDialect Conversation { get; } =
        Of(Table((FieldMeaning.Items, "items"), (FieldMeaning.Plain, "metadata"))) with
        {
            IsOnlyKept = true,
            IsFree = true,
        };

    public static ModelDialect Batch { get; } =
        Of(
            Table(
                (FieldMeaning.Reference, "input_file_id"),
                (FieldMeaning.Plain, "endpoint completion_window metadata output_expires_after")
            )
        ) with
        {
            IsOnlyKept = true,
            IsFree = true,
        };

    public static ModelDialect Moderations { get; } =
        Of(Table((FieldMeaning.Model, "model"), (FieldMeaning.Content, "input"))) with
        {
            DefaultModel = ModerationModel,
            IsFree = true,
        };

    /// <summary>OpenAI's models of these names are from before any of theirs thought; of every other name it can't be known.</summary>
    private static bool MayThink(string model)
    {
        var name = model.StartsWith("ft:", StringComparison.Ordinal) ? model.AsSpan(3) : model;
        return !(name.StartsWith("gpt-4", StringComparison.Ordinal) || name.StartsWith("gpt-3.5", StringComparison.Ordinal));
    }
}
