namespace Gateway.Connectors.Stores;

/// <summary>Why a file isn't used although it could be opened. The message continues "The store file …".</summary>
internal sealed class SqliteRefusal(string message) : Exception(message);
