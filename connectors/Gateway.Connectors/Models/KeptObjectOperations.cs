using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>Every operation on what the model providers keep, by <see cref="ModelApi"/>.</summary>
public static class KeptObjectOperations
{
    private const ConnectorType OpenAi = ConnectorType.OpenAi;
    private const ConnectorType Anthropic = ConnectorType.Anthropic;

    // Before the list that they are used in.
    private static readonly ModelBodyReader Conversation = new(OpenAiDialects.Conversation);
    private static readonly ModelBodyReader Batch = new(OpenAiDialects.Batch);
    private static readonly BatchBodyReader Messages = new(new ModelBodyReader(AnthropicDialects.Messages), "/v1/messages");

    private static readonly string[] Starts = ["/v1/responses/", "/v1/conversations", "/v1/files", "/v1/batches", "/v1/messages/batches"];

    public static IReadOnlyList<KeptObjectOperation> All { get; } =
    [
        Of(OpenAi, "retrieve_response", "include[]", "include", "stream", "starting_after", "include_obfuscation"),
        Of(OpenAi, "list_response_input", "include[]", "include", "after", "before", "limit", "order") with
        {
            GivesIds = false,
        },
        Of(OpenAi, "cancel_response"),
        Of(OpenAi, "delete_response"),
        Of(OpenAi, "create_conversation") with
        {
            Requests = Conversation,
        },
        Of(OpenAi, "retrieve_conversation"),
        Of(OpenAi, "update_conversation") with
        {
            Requests = Conversation,
        },
        Of(OpenAi, "delete_conversation"),
        Of(OpenAi, "list_conversation_items", "include[]", "include", "after", "limit", "order"),
        Of(OpenAi, "add_conversation_items", "include[]", "include") with
        {
            Requests = Conversation,
        },
        File("upload_file") with
        {
            IsUpload = true,
        },
        File("list_files", "after", "limit", "order", "purpose") with
        {
            IsList = true,
        },
        File("retrieve_file"),
        Of(OpenAi, "read_file") with
        {
            GivesIds = false,
        },
        File("delete_file"),
        BatchOf(OpenAi, "create_batch") with
        {
            Requests = Batch,
        },
        BatchOf(OpenAi, "list_batches", "after", "limit") with
        {
            IsList = true,
        },
        BatchOf(OpenAi, "retrieve_batch"),
        BatchOf(OpenAi, "cancel_batch"),
        BatchOf(Anthropic, "create_batch", "beta") with
        {
            Requests = Messages,
        },
        BatchOf(Anthropic, "list_batches", "after_id", "before_id", "limit", "beta") with
        {
            IsList = true,
        },
        BatchOf(Anthropic, "retrieve_batch", "beta"),
        Of(Anthropic, "read_batch_results", "beta") with
        {
            GivesIds = false,
        },
        BatchOf(Anthropic, "cancel_batch", "beta"),
        BatchOf(Anthropic, "delete_batch", "beta"),
    ];

    /// <summary>The operation that a method and a path call, with the id in the path; null where it is none.</summary>
    public static (KeptObjectOperation Operation, string Id)? Find(ConnectorType type, string method, string path)
    {
        if (!MayBe(path))
        {
            return null;
        }

        foreach (var operation in All)
        {
            if (operation.Type == type && operation.Method == method && operation.IdIn(path) is { } id)
            {
                return (operation, id);
            }
        }

        return null;
    }

    /// <summary>Whether a path begins like one of theirs: most don't.</summary>
    private static bool MayBe(string path)
    {
        foreach (var start in Starts)
        {
            if (path.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static KeptObjectOperation File(string name, params string[] parameters) =>
        Of(OpenAi, name, parameters) with
        {
            Kind = OwnedKind.File,
        };

    private static KeptObjectOperation BatchOf(ConnectorType type, string name, params string[] parameters) =>
        Of(type, name, parameters) with
        {
            Kind = OwnedKind.Batch,
        };

    private static KeptObjectOperation Of(ConnectorType type, string name, params string[] parameters)
    {
        var operation = ModelApi.Operations(type).Single(candidate => candidate.Name == name);
        return new(type, Id<Operation>.Parse(name), operation.Method, operation.Path, parameters, GivesIds: true);
    }
}
