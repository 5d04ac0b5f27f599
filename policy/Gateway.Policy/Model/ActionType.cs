namespace Gateway.Policy.Model;

/// <summary>What an operation does to the world. The zero value is no action at all and no boundary lets it pass.</summary>
public enum ActionType
{
    Unspecified = 0,
    Read = 1,
    Write = 2,
    External = 3,
    Financial = 4,
    Code = 5,
    Delete = 6,
    Admin = 7,
}
