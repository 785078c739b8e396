"""Everything that differs between two installations, read from the environment and nowhere else."""

from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.core.sms_settings import ProviderSettings


class Settings(BaseSettings):
    """Environment variables, prefix HENT_ (DATABASE_URL stands alone). No secret has a default."""

    # What is refused is not repeated: it may hold a secret.
    model_config = SettingsConfigDict(env_prefix="HENT_", hide_input_in_errors=True)

    database_url: str = Field(validation_alias="DATABASE_URL")
    # Signs and seals: tokens' and numbers' digests, what a person types to identify. 32 bytes, URL-safe base64.
    secret_key: SecretStr
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: SecretStr
    actions_token: SecretStr
    # What a Prometheus shows at /metrics of each process; without it there is no such page.
    metrics_token: SecretStr = SecretStr("")
    actions_port: int = 5055
    # In a container network the actions must be heard by Rasa's container; on one machine, by loopback alone.
    actions_host: str = "127.0.0.1"
    host: str = "127.0.0.1"
    port: int = 8000
    # Apart from the public site, so that a house may keep its caseworkers' desk to its own network.
    desk_host: str = "127.0.0.1"
    desk_port: int = 8001
    # Where people reach the site from their own browsers and telephones: the links that they are given begin so.
    public_url: str = "http://127.0.0.1:8000"
    # Where caseworkers reach it from their browsers: the links of e-mails begin so.
    desk_url: str = "http://127.0.0.1:8001"
    # A demonstration's third site: the invented page of a département, which embeds the chat from another origin.
    site_host: str = "127.0.0.1"
    site_port: int = 8002
    site_url: str = "http://127.0.0.1:8002"
    # A password alone opens nothing; false only for a house whose network already asks for one.
    second_factor_required: bool = True
    # Without a host no e-mail leaves: they wait in the outbox.
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = "hent@localhost"
    # Ways out for SMS by name, as JSON: docs/sms-provider.md. Without any, SMS wait in the outbox.
    sms_providers: dict[str, ProviderSettings] = {}
    # An authority's code, or "*", to the names that it uses: the next one when one surely failed.
    sms_routes: dict[str, list[str]] = {}
    # What we start by ourselves can be held back at once: an import went wrong, and a thousand people would be told.
    reminders: bool = True
    demo: bool = False
    default_authority: str = "region"
    # A turn alone takes 60 ms; a Rasa that is silent for 5 s will not answer any more.
    rasa_timeout_seconds: float = 5.0
    # Two cores and one Rasa answer one message at a time; eight turns in flight keep it busy.
    turns_at_once: int = 8
    # 8 turns hold no connection while they wait for Rasa; actions and pages share the rest.
    database_pool: int = 10

    @model_validator(mode="after")
    def _routes_lead_somewhere(self) -> Self:
        unknown = {name for names in self.sms_routes.values() for name in names} - set(self.sms_providers)
        if unknown:
            raise ValueError(f"HENT_SMS_ROUTES nomme {', '.join(sorted(unknown))}, absent de HENT_SMS_PROVIDERS")
        return self

    @property
    def asks_second_factor(self) -> bool:
        """Whether every account must have one. Invented people of a demonstration have no telephone to make codes."""
        return self.second_factor_required and not self.demo


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
